package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import streamcache.playback.Handler;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;

/** An unsupported request gets exactly one response, and no handler sees it. */
final class EarlyResponseTest {

  private static final Handler NEVER =
      exchange -> {
        throw new AssertionError("a refused request reached the handler");
      };

  private static final String GET = "GET /u/x HTTP/1.1\r\nHost: h\r\n";

  /** None of these is a host and port (RFC 3986 section 3.2.2). */
  private static final List<String> NO_HOSTS =
      List.of(
          "1.2.3.4:80:80",
          "h:80:80",
          "a:b:c",
          "a:99999999",
          "a:65536",
          "a:0",
          "a:-1",
          "a:+80",
          "a:8o",
          ":80",
          ":",
          "::1",
          "[::1",
          "::1]",
          "[]",
          "[::1]]",
          "[[::1]]",
          "[::1]80",
          "[::1]:80:80",
          "extra[::1]:98",
          "[::1]extra",
          "[1.2.3.4]",
          "[h]",
          "[:::]",
          "[v1]",
          "[v.x]",
          "[vg.x]",
          "[v1.]",
          "[v1.x]]",
          "a%zz",
          "a%2",
          "user@h",
          "a\"b",
          "a\\b");

  /** Hosts by the grammar, whether or not anybody has such a name. */
  private static final List<String> HOSTS =
      List.of(
          "h",
          "H.Example",
          "my_server",
          "example.org.",
          "1.2.3.4",
          "127.1",
          "a:80",
          "a:080",
          "a:65535",
          "a:",
          "[::1]",
          "[::1]:80",
          "[2001:DB8::1]:8080",
          "[::ffff:1.2.3.4]",
          "[v1.a:b]",
          "[vF.fe80::1+en0]:80",
          "a%2db",
          "a~b!$&'()*+;=c");

  private record Case(String bytes, int status, boolean closes) {

    @Override
    public String toString() {
      String shown = bytes.replace("\r", "<CR>").replace("\n", "<LF>").replace("\0", "<NUL>");
      return status + " " + (shown.length() > 70 ? shown.substring(0, 70) + "..." : shown);
    }
  }

  private static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String bad :
        List.of(
            GET + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            GET + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
            GET + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            GET + "Content-Length: 3, 3\r\n\r\nabc",
            GET + "Content-Length: +3\r\n\r\nabc",
            GET + "Content-Length: -1\r\n\r\n",
            GET + "Content-Length:\r\n\r\n",
            GET + "Transfer-Encoding: chunked, identity\r\n\r\n",
            "GET /u/x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            GET + "X-Folded: a\r\n b\r\n\r\n",
            GET + "X-Bare: a\rb\r\n\r\n",
            GET + "X-Bare: a\nX-Next: b\r\n\r\n",
            GET + "X-Nul: a\0b\r\n\r\n",
            GET + "X-Blank : a\r\n\r\n",
            GET + "No colon\r\n\r\n",
            GET + ": no name\r\n\r\n",
            "GET /u/x HTTP/1.1\r\n\r\n",
            "GET /u/x HTTP/1.1\r\nHost:\r\n\r\n",
            "GET /u/x HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET /u/x HTTP/1.1\r\nHost: user@h\r\n\r\n",
            GET + "Host: h\r\n\r\n",
            GET + "host: other\r\n\r\n",
            "GET http://h/u/x HTTP/1.1\r\n\r\n",
            "GET http:///u/x HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET ftp://h/u/x HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET u/x HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET  /u/x HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /u/a b HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /u/x\r\nHost: h\r\n\r\n",
            "GET /u/x HTTP/1.1 \r\nHost: h\r\n\r\n",
            "GET /u/x http/1.1\r\nHost: h\r\n\r\n",
            "GET /u/x HTTP/1.1\nHost: h\n\n",
            "G@T /u/x HTTP/1.1\r\nHost: h\r\n\r\n",
            "\u0016\u0003\u0001\u0002",
            "\r\n\r\n\r\n\r\n\r\n\r\n\r\n")) {
      cases.add(new Case(bad, 400, true));
    }
    for (String host : NO_HOSTS) {
      cases.add(new Case("GET /u/x HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 400, true));
      cases.add(new Case("GET /u/x HTTP/1.0\r\nHost: " + host + "\r\n\r\n", 400, true));
      String absolute = "GET http://" + host + "/u/x HTTP/1.1\r\nHost: h\r\n\r\n";
      cases.add(new Case(absolute, 400, true));
    }
    cases.add(new Case(GET + "Content-Length: 3\r\n\r\nabc", 413, true));
    cases.add(new Case(GET + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n", 413, true));
    cases.add(new Case(GET + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 413, true));
    cases.add(new Case("POST /u/x HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na", 405, true));
    cases.add(new Case("POST /u/x HTTP/1.1\r\nHost: h\r\n\r\n", 405, false));
    cases.add(new Case("DELETE /u/x HTTP/1.1\r\nHost: h\r\n\r\n", 405, false));
    cases.add(new Case("CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", 405, false));
    cases.add(new Case("TRACE /u/x HTTP/1.0\r\n\r\n", 405, true));
    cases.add(new Case("get /u/x HTTP/1.1\r\nHost: h\r\n\r\n", 501, false));
    cases.add(new Case("BREW /u/x HTTP/1.1\r\nHost: h\r\n\r\n", 501, false));
    cases.add(new Case("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 204, false));
    cases.add(new Case("OPTIONS /u/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", 204, true));
    cases.add(new Case("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, true));
    cases.add(new Case("GET /u/x HTTP/3.0\r\nHost: h\r\n\r\n", 505, true));
    cases.add(
        new Case("GET /u/" + "x".repeat(16 << 10) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414, true));
    cases.add(new Case("GET /u/" + "x".repeat(40 << 10), 414, true));
    cases.add(new Case(GET + "X: y\r\n".repeat(100) + "\r\n", 431, true));
    cases.add(new Case(GET + "X: " + "y".repeat(33 << 10), 431, true));
    cases.add(new Case(GET + ("X: " + "y".repeat(1 << 10) + "\r\n").repeat(32), 431, true));
    return cases.stream();
  }

  private static Stream<Arguments> casesOnEachTransport() {
    return cases()
        .flatMap(
            one -> Stream.of(Transport.values()).map(transport -> Arguments.of(one, transport)));
  }

  @ParameterizedTest
  @MethodSource("casesOnEachTransport")
  void refusedRequest_getsExactlyOneAnswer(Case one, Transport transport) throws IOException {
    try (Served served = Served.by(NEVER, transport);
        RawClient client = served.client()) {
      client.send(one.bytes);
      if (!one.closes) {
        client.send("OPTIONS /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      }

      Answer answer = client.answer();

      assertThat(answer.status()).isEqualTo(one.status);
      assertThat(answer.endedCleanly()).isTrue();
      assertThat(answer.header("Date")).isPresent();
      assertThat(answer.header("X-Request-Id").orElseThrow()).matches("[0-9a-z]{12}");
      assertThat(answer.header("Server")).isEmpty();
      assertThat(answer.header("Connection").isPresent()).isEqualTo(one.closes);
      assertThat(answer.header("Allow").isPresent())
          .isEqualTo(List.of(405, 501, 204).contains(one.status));
      assertThat(answer.text().isEmpty()).isEqualTo(one.status == 204);
      if (!one.closes) {
        assertThat(client.answer().status()).isEqualTo(204);
      }
      assertThat(client.awaitClose().name()).isEqualTo("CLEAN");
    }
  }

  @ParameterizedTest
  @EnumSource
  void host_byTheGrammar_isServed(Transport transport) throws IOException {
    Handler handler = exchange -> TextAnswer.sentence(200, "served").send(exchange);
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      for (String host : HOSTS) {
        client.send("GET /u/x HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        assertThat(client.answer().status()).as(host).isEqualTo(200);
        client.send("GET http://" + host + "/u/x HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.answer().status()).as("http://" + host).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusedHead_getsNoBody(Transport transport) throws IOException {
    try (Served served = Served.by(NEVER, transport);
        RawClient client = served.client()) {
      client.send("HEAD /u/x HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n");

      assertThat(client.answerToHead().status()).isEqualTo(413);
      assertThat(client.awaitClose().name()).isEqualTo("CLEAN");
    }
  }

  /** A body would be taken for the beginning of the next response. */
  @ParameterizedTest
  @EnumSource
  void wrongHead_getsNoBody(Transport transport) throws IOException {
    for (String wrong : List.of("\r\n", "X y: z\r\n\r\n", "Host: a\r\nHost: b\r\n\r\n")) {
      try (Served served = Served.by(NEVER, transport);
          RawClient client = served.client()) {
        client.send("HEAD /u/x HTTP/1.1\r\n" + wrong);

        assertThat(client.answerToHead().status()).isEqualTo(400);
        assertThat(client.awaitClose().name()).isEqualTo("CLEAN");
      }
    }
  }

  /** Much unread input at the close would reset the connection before the refusal is read. */
  @ParameterizedTest
  @EnumSource
  void refusedBody_isSwallowedUntilTheAnswerIsRead(Transport transport) throws IOException {
    try (Served served = Served.by(NEVER, transport);
        RawClient client = served.client()) {
      client.send(GET + "Content-Length: 1000000\r\n\r\n");
      client.send(new byte[1_000_000]);

      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.awaitClose().name()).isEqualTo("CLEAN");
    }
  }
}
