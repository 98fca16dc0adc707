package streamcache.http;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.settings.TlsSettings;

/**
 * TLS towards players. The files are looked at again every few seconds, on the thread that accepts;
 * connections that are open keep what they began with.
 */
final class PlayerTls {

  /** Renewals happen every few weeks; both files are a few KiB. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  private final TlsSettings settings;

  /** What was seen last, good or not, so that each change is told of once. */
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

  /** Takes over what the files hold now, if that has changed and can be used. One thread. */
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
      LOG.warn("the certificate in use stays, the new one is no good: {}", e.getMessage());
    }
  }
}
