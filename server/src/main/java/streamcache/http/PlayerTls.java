package streamcache.http;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.settings.TlsSettings;

/**
 * TLS towards players. The acceptor thread reads the files again every few seconds; open
 * connections keep the certificate they began with.
 */
final class PlayerTls {

  /** Renewals happen every few weeks; both files are a few KiB. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  private final TlsSettings settings;

  /** The files last read, usable or not, so that each change is logged once. */
  private TlsFiles seen;

  private volatile SslContext context;

  private PlayerTls(TlsSettings settings, TlsFiles seen, SslContext context) {
    this.settings = settings;
    this.seen = seen;
    this.context = context;
  }

  static PlayerTls open(TlsSettings settings) throws TlsFileException {
    TlsFiles files = TlsFiles.read(settings);
    return new PlayerTls(settings, files, files.context());
  }

  SslHandler handler(SocketChannel channel) {
    return context.newHandler(channel.alloc());
  }

  /** Uses what the files hold now, if that has changed and is usable. Called on one thread. */
  void look() {
    try {
      TlsFiles now = TlsFiles.read(settings);
      if (now.isSame(seen)) {
        return;
      }
      seen = now;
      context = now.context();
      LOG.info("a new certificate is in use: {}", settings.certificate());
    } catch (TlsFileException e) {
      LOG.warn("the new certificate is invalid, the old one stays in use: {}", e.getMessage());
    }
  }
}
