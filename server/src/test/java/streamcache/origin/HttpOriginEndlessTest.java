package streamcache.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider that sends any part of a response endlessly is cut off before it fills the memory. */
final class HttpOriginEndlessTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: video/x-matroska\r\n";
  private static final String CHUNKED =
      OK + "Transfer-Encoding: chunked\r\n\r\n5\r\n\u001aE\u00df\u00a3\u0093\r\n";

  /** More than is ever read, including the system's buffers on both sides. */
  private static final long MOST = 16L << 20;

  private static final long FAR_MORE = 256L << 20;

  private final HttpOrigin origin = Fetches.origin();

  @AfterEach
  void close() {
    origin.close();
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        Arguments.of("status line", "HTTP/1.1 200 ", "O"),
        Arguments.of("status line without a space", "", "x"),
        Arguments.of("empty lines", "", "\r\n"),
        Arguments.of("zeros", "", "\0"),
        Arguments.of("interim answers", "", "HTTP/1.1 100 Continue\r\n\r\n"),
        Arguments.of(
            "interim answers with fields",
            "",
            "HTTP/1.1 103 x\r\nLink: " + "y".repeat(999) + "\r\n\r\n"),
        Arguments.of("fields", OK, "X: y\r\n"),
        Arguments.of("noise", OK, "y\r\n"),
        Arguments.of("cookies", OK, "Set-Cookie: a=b\r\n"),
        Arguments.of("one field", OK + "X: ", "y"),
        Arguments.of("a folded field", OK + "X: y\r\n", " y\r\n"),
        Arguments.of("a folded field of blanks", OK + "X: y\r\n", " \r\n"),
        Arguments.of("bare CR", OK + "X: ", "\r"),
        Arguments.of("chunk size", CHUNKED, "0"),
        Arguments.of("chunk extension", CHUNKED + "5;", "x"),
        Arguments.of("trailers", CHUNKED + "0\r\n", "X: y\r\n"),
        Arguments.of("one trailer", CHUNKED + "0\r\nX: ", "y"),
        Arguments.of("a folded trailer", CHUNKED + "0\r\nX: y\r\n", " y\r\n"),
        Arguments.of("a folded trailer of blanks", CHUNKED + "0\r\nX: y\r\n", " \r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void open_endlessPart_cutSoon(String name, String begins, String goesOn) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      CompletableFuture<Long> sent = new CompletableFuture<>();
      Thread.ofPlatform().daemon().start(() -> sent.complete(pour(listener, begins, goesOn)));
      Fetch fetch = Fetches.whole("http://127.0.0.1:" + listener.getLocalPort() + "/f");
      assertThat(failure(fetch)).isInstanceOf(Failure.Broken.class);
      assertThat(sent.get(30, TimeUnit.SECONDS)).isLessThan(MOST);
    }
  }

  private Failure failure(Fetch fetch) {
    try (Upstream upstream = origin.open(fetch)) {
      throw new AssertionError("came to an end: " + Fetches.drain(upstream).length);
    } catch (OriginException e) {
      return e.failure();
    }
  }

  /** Sends an endless response; returns the number of bytes sent before the client cut it off. */
  private static long pour(ServerSocket listener, String begins, String goesOn) {
    byte[] block = goesOn.repeat(64 * 1024 / goesOn.length() + 1).getBytes(ISO_8859_1);
    long sent = 0;
    try (Socket socket = listener.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write(begins.getBytes(ISO_8859_1));
      while (sent < FAR_MORE) {
        out.write(block);
        sent += block.length;
      }
    } catch (IOException e) {
      return sent;
    }
    throw new UncheckedIOException(new IOException("all of it was taken"));
  }
}
