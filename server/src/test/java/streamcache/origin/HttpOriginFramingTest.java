package streamcache.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpOriginFramingTest {

  private static final String FILM = "\u001aE\u00df\u00a3 film \0\u0001\u0002\u00fe";
  private static final String TYPE = "Content-Type: video/mp4\r\n";
  private static final String LENGTH = "Content-Length: " + FILM.length() + "\r\n";
  private static final String CHUNKS =
      "5\r\n"
          + FILM.substring(0, 5)
          + "\r\n"
          + hex(FILM.length() - 5)
          + ";x=y\r\n"
          + FILM.substring(5)
          + "\r\n0\r\n\r\n";

  private final HttpOrigin origin = Fetches.origin();

  @AfterEach
  void close() {
    origin.close();
  }

  static Stream<Arguments> survived() {
    return Stream.of(
        Arguments.of("close-delimited 1.0", "HTTP/1.0 200 OK\r\n" + TYPE + "\r\n" + FILM),
        Arguments.of("ICY", "ICY 200 OK\r\nicy-name: x\r\n" + TYPE + "\r\n" + FILM),
        Arguments.of(
            "bare LF", ("HTTP/1.1 200 OK\r\n" + TYPE + LENGTH + "\r\n").replace("\r", "") + FILM),
        Arguments.of(
            "space in a name",
            "HTTP/1.1 200 OK\r\nX Odd Name: 1\r\n" + TYPE + LENGTH + "\r\n" + FILM),
        Arguments.of(
            "space before the colon",
            "HTTP/1.1 200 OK\r\nContent-Type : video/mp4\r\nContent-Length : "
                + FILM.length()
                + "\r\n\r\n"
                + FILM
                + "surplus"),
        Arguments.of(
            "line without colon",
            "HTTP/1.1 200 OK\r\nPHP Warning somewhere\r\n" + TYPE + LENGTH + "\r\n" + FILM),
        Arguments.of(
            "folded line", "HTTP/1.1 200 OK\r\nX: 1\r\n  2\r\n" + TYPE + LENGTH + "\r\n" + FILM),
        Arguments.of(
            "same length twice",
            "HTTP/1.1 200 OK\r\n" + TYPE + LENGTH + LENGTH + "\r\n" + FILM + "surplus"),
        Arguments.of(
            "same length in one line",
            "HTTP/1.1 200 OK\r\n"
                + TYPE
                + LENGTH.stripTrailing()
                + ", "
                + FILM.length()
                + "\r\n\r\n"
                + FILM),
        Arguments.of(
            "interim answers",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
                + TYPE
                + LENGTH
                + "\r\n"
                + FILM),
        Arguments.of("no reason", "HTTP/1.1 200\r\n" + TYPE + LENGTH + "\r\n" + FILM),
        Arguments.of("empty line first", "\r\nHTTP/1.1 200 OK\r\n" + TYPE + "\r\n" + FILM),
        Arguments.of(
            "chunked",
            "HTTP/1.1 200 OK\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n" + CHUNKS),
        Arguments.of(
            "chunked and a length",
            "HTTP/1.1 200 OK\r\n"
                + TYPE
                + "Content-Length: 3\r\nTransfer-Encoding: Chunked\r\n\r\n"
                + CHUNKS),
        Arguments.of(
            "identity transfer encoding",
            "HTTP/1.1 200 OK\r\n" + TYPE + LENGTH + "Transfer-Encoding: identity\r\n\r\n" + FILM),
        Arguments.of("HTTP/2 in text", "HTTP/2 200\r\n" + TYPE + LENGTH + "\r\n" + FILM));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("survived")
  void read_shabbyFraming_survived(String name, String answer) throws Exception {
    try (RawProvider provider = new RawProvider(answer);
        Upstream upstream = origin.open(Fetches.whole(provider.url()))) {
      assertThat(Fetches.drain(upstream)).isEqualTo(FILM.getBytes(ISO_8859_1));
      assertThat(upstream.facts().contentType()).contains("video/mp4");
    }
  }

  static Stream<Arguments> refused() {
    String ok = "HTTP/1.1 200 OK\r\n" + TYPE;
    return Stream.of(
        Arguments.of(
            "differing lengths",
            ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nfilmfilm",
            "conflicting Content-Lengths"),
        Arguments.of(
            "differing lengths in one line",
            ok + "Content-Length: 5, 6\r\n\r\nfilmfilm",
            "conflicting Content-Lengths"),
        Arguments.of(
            "negative length", ok + "Content-Length: -5\r\n\r\nfilm", "invalid Content-Length"),
        Arguments.of(
            "unknown transfer encoding",
            ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "unknown transfer encoding"),
        Arguments.of("no HTTP", "SSH-2.0-OpenSSH\r\n\r\n", "not an HTTP response"),
        Arguments.of("nothing", "", "closed without an answer"),
        Arguments.of("half a head", ok + "X: ", "head cut short"),
        Arguments.of(
            "too many lines", ok + "X: y\r\n".repeat(200) + "\r\n", "too many header lines"),
        Arguments.of(
            "too large",
            ok + ("X: " + "y".repeat(9000) + "\r\n").repeat(9) + "\r\n",
            "head too large"),
        Arguments.of(
            "line too long", ok + "X: " + "y".repeat(70_000) + "\r\n\r\n", "head too large"),
        Arguments.of(
            "interim without end",
            "HTTP/1.1 100 Continue\r\n\r\n".repeat(100),
            "too many interim responses"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void open_doubtfulHead_broken(String name, String answer, String detail) throws Exception {
    try (RawProvider provider = new RawProvider(answer)) {
      Failure failure = Fetches.failure(origin, Fetches.whole(provider.url()));
      assertThat(failure).isInstanceOf(Failure.Broken.class);
      assertThat(failure.detail()).isEqualTo(detail);
    }
  }

  static Stream<Arguments> cut() {
    String ok = "HTTP/1.1 200 OK\r\n" + TYPE;
    String chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    // Long enough not to be looked into at the start.
    String part = FILM + "\0".repeat(2000);
    return Stream.of(
        Arguments.of("short body", ok + "Content-Length: 1000000\r\n\r\n" + part),
        Arguments.of("cut between chunks", chunked + hex(part.length()) + "\r\n" + part + "\r\n"),
        Arguments.of("cut in a chunk", chunked + "ffff\r\n" + part),
        Arguments.of("no chunk", chunked + hex(part.length()) + "\r\n" + part + "\r\nnonsense\r\n"),
        Arguments.of(
            "short range",
            "HTTP/1.0 206 Partial\r\n"
                + TYPE
                + "Content-Range: bytes 0-999999/1000000\r\n\r\n"
                + part),
        Arguments.of(
            "long range",
            "HTTP/1.0 206 Partial\r\n"
                + TYPE
                + "Content-Range: bytes 0-1999/1000000\r\n\r\n"
                + part));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cut")
  void read_bodyNotAsPromised_broken(String name, String answer) throws Exception {
    try (RawProvider provider = new RawProvider(answer)) {
      assertThat(Fetches.bodyFailure(origin, Fetches.whole(provider.url())))
          .isInstanceOf(Failure.Broken.class);
    }
  }

  @Test
  void open_lengthOver32Bits_kept() throws Exception {
    String answer =
        "HTTP/1.1 206 x\r\n"
            + TYPE
            + "Content-Range: bytes 5000000000-8999999999/9000000000\r\n"
            + "Content-Length: 4000000000\r\n\r\n"
            + FILM;
    try (RawProvider provider = new RawProvider(answer);
        Upstream upstream = origin.open(Fetches.from(provider.url(), 5_000_000_000L))) {
      assertThat(upstream.start()).isEqualTo(5_000_000_000L);
      assertThat(upstream.length()).hasValue(4_000_000_000L);
      assertThat(upstream.facts().total()).hasValue(9_000_000_000L);
    }
  }

  private static String hex(int size) {
    return Integer.toHexString(size);
  }
}
