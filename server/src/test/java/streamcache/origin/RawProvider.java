package streamcache.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends the same bytes for each connection's first request, then closes. Owned by a test. */
final class RawProvider implements AutoCloseable {

  private final ServerSocket listener;
  private final String answer;

  RawProvider(String answer) {
    this.answer = answer;
    try {
      listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/film.mkv";
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve() {
    while (true) {
      try (Socket socket = listener.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
      } catch (IOException _) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }
}
