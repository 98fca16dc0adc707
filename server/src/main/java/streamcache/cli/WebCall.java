package streamcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import streamcache.origin.AnyCertificate;

/**
 * One request of a command and its response, which is read only as far as its caller wants. One
 * thread; blocks. Closing cuts the connection.
 */
final class WebCall implements AutoCloseable {

  private final Socket socket;
  private final ClassicHttpResponse response;

  private WebCall(Socket socket, ClassicHttpResponse response) {
    this.socket = socket;
    this.response = response;
  }

  /** Sends a GET; certificates are examined elsewhere. */
  @SuppressWarnings("resource") // The call owns the socket, and what reads from it holds no other.
  static WebCall get(WebPlace place, String target, Map<String, String> headers)
      throws IOException {
    Socket socket = place.connect(AnyCertificate.context(), /* checksName= */ false);
    try {
      DefaultBHttpClientConnection connection =
          new DefaultBHttpClientConnection(Http1Config.DEFAULT);
      connection.bind(socket);
      BasicClassicHttpRequest request = new BasicClassicHttpRequest("GET", target);
      request.addHeader("Host", place.authority());
      request.addHeader("Connection", "close");
      headers.forEach(request::addHeader);
      connection.sendRequestHeader(request);
      connection.flush();
      ClassicHttpResponse response = connection.receiveResponseHeader();
      connection.receiveResponseEntity(response);
      return new WebCall(socket, response);
    } catch (HttpException e) {
      socket.close();
      throw new IOException("no HTTP response", e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  int status() {
    return response.getCode();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  /** At most that many bytes of the body; fewer if it ends before. */
  byte[] read(int most) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    InputStream body = entity.getContent();
    return body.readNBytes(most);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is of no further use.
    }
  }
}
