package streamcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.settings.ListenSettings;
import streamcache.settings.Settings;
import streamcache.xtream.PanelGate;

/**
 * The gate of a command while a server runs: the server sends the request, within the limit of the
 * account ({@link ImportService}). One thread; blocks.
 */
final class ServerGate implements PanelGate {

  private static final int CONNECT_MILLIS = 3000;

  /** Longer than the server waits for its slot and for a provider. */
  private static final int READ_MILLIS = 3 * 60 * 1000;

  private static final int OK = 200;
  private static final int IN_USE = 503;

  private final ListenSettings listen;
  private final boolean isSecure;
  private final String folder;
  private final Links links;

  /**
   * @param links makes links with the key of the server
   */
  ServerGate(Settings settings, Links links) {
    this.listen = settings.listen();
    this.isSecure = settings.tls().isPresent();
    this.folder = settings.store().folder().toString();
    this.links = links;
  }

  @Override
  public boolean copy(Link account, Link page, OutputStream to) throws OriginException {
    String target = ImportService.PAGE + "?account=" + sealed(account) + "&page=" + sealed(page);
    return ask(
        target,
        response -> {
          if (response.getCode() == IN_USE) {
            return false;
          }
          check(response);
          copy(response, to);
          return true;
        });
  }

  @Override
  public void limit(Link account, int connections) {
    try {
      String target =
          ImportService.LIMIT + "?account=" + sealed(account) + "&connections=" + connections;
      boolean _ = ask(target, _ -> true);
    } catch (OriginException _) {
      // The server learns it at the next import.
    }
  }

  private String sealed(Link link) throws OriginException {
    try {
      Instant end = Instant.now().plus(ImportService.LIFE.dividedBy(2));
      return links.make(LinkForm.SEALED, link.source().reveal(), Optional.of(end));
    } catch (BadLink noKey) {
      throw new OriginException(
          new Failure.Forbidden(
              OptionalInt.empty(),
              "a server runs, and its key cannot be read; run this command as the user of the"
                  + " server"),
          noKey);
    }
  }

  private interface Use {
    boolean of(ClassicHttpResponse response) throws IOException;
  }

  private boolean ask(String target, Use use) throws OriginException {
    String host = listen.bind().isEmpty() ? "127.0.0.1" : listen.bind();
    try (Socket socket = OwnServer.connect(host, listen.port(), isSecure, CONNECT_MILLIS);
        DefaultBHttpClientConnection connection =
            new DefaultBHttpClientConnection(Http1Config.DEFAULT)) {
      socket.setSoTimeout(READ_MILLIS);
      connection.bind(socket);
      BasicClassicHttpRequest request = new BasicClassicHttpRequest("GET", target);
      request.addHeader("Host", "localhost");
      request.addHeader("Connection", "close");
      connection.sendRequestHeader(request);
      connection.flush();
      ClassicHttpResponse response = connection.receiveResponseHeader();
      connection.receiveResponseEntity(response);
      return use.of(response);
    } catch (OriginException e) {
      throw e;
    } catch (IOException | HttpException e) {
      throw silent();
    }
  }

  private static void check(ClassicHttpResponse response) throws OriginException {
    Header why = response.getFirstHeader(FailureCode.FIELD);
    if (why != null) {
      throw new OriginException(FailureCode.read(why.getValue()));
    }
    if (response.getCode() != OK) {
      throw new OriginException(
          new Failure.Forbidden(
              OptionalInt.empty(),
              "the running server does not accept requests of this command; run it with the"
                  + " settings and as the user of the server"));
    }
  }

  private static void copy(ClassicHttpResponse response, OutputStream to) throws OriginException {
    HttpEntity entity = response.getEntity();
    byte[] part = new byte[64 * 1024];
    try (InputStream in = entity == null ? InputStream.nullInputStream() : entity.getContent()) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        write(to, part, read);
      }
    } catch (IOException e) {
      throw new OriginException(new Failure.Broken(OptionalInt.empty(), "cut"), e);
    }
  }

  private static void write(OutputStream to, byte[] part, int length) {
    try {
      to.write(part, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OriginException silent() {
    return new OriginException(
        new Failure.Unreachable(
            OptionalInt.empty(),
            "a server uses the folder %s but does not answer on port %d; run this command with the"
                    .formatted(folder, listen.port())
                + " settings of that server"));
  }
}
