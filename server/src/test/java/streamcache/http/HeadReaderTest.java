package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.playback.Headers;

final class HeadReaderTest {

  @Test
  void next_headInAnyPieces_isTheSame() {
    String bytes =
        "\r\nGET /u/a?b=c HTTP/1.1\r\nHost: h:8080\r\nRange:\t bytes=0- \r\nEmpty:\r\n\r\n"
            + "HEAD /u/b HTTP/1.0\r\nConnection: Upgrade , Keep-Alive\r\n\r\n"
            + "BREW / HTTP/1.1\r\nHost: h\r\n\r\n";
    List<String> whole = outcomes(List.of(bytes));
    assertThat(whole).hasSize(3);
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int round = 0; round < 500; round++) {
      List<String> pieces = new ArrayList<>();
      for (int at = 0; at < bytes.length(); ) {
        int end = Math.min(bytes.length(), at + 1 + random.nextInt(round % 2 == 0 ? 3 : 60));
        pieces.add(bytes.substring(at, end));
        at = end;
      }
      assertThat(outcomes(pieces)).as("seed %d, pieces %s", seed, pieces).isEqualTo(whole);
    }
  }

  private static List<String> outcomes(List<String> pieces) {
    HeadReader reader = new HeadReader(target -> target.startsWith("/api/"));
    List<String> outcomes = new ArrayList<>();
    for (String piece : pieces) {
      ByteBuf buffer = Unpooled.buffer().writeBytes(piece.getBytes(StandardCharsets.ISO_8859_1));
      reader.add(buffer);
      for (HeadOutcome next = reader.next(); next != null; next = reader.next()) {
        outcomes.add(
            switch (next) {
              case RequestHead head -> head.toString() + head.headers().fields();
              case EarlyResponse refusal -> refusal.toString();
            });
      }
    }
    assertThat(reader.pending()).isZero();
    return outcomes.stream().map(text -> text.replaceAll("Headers@[0-9a-f]+", "")).toList();
  }

  private static HeadOutcome outcome(String bytes) {
    HeadReader reader = new HeadReader(target -> target.startsWith("/api/"));
    reader.add(Unpooled.wrappedBuffer(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    return reader.next();
  }

  @Test
  void next_fields_areTrimmedAndKeptInOrder() {
    RequestHead head =
        (RequestHead)
            outcome("GET /u/x HTTP/1.1\r\nHost: h\r\nA:  b c\t\r\nD:\r\na: \u00e9\r\n\r\n");

    assertThat(head.headers().fields())
        .containsExactly(
            new Headers.Field("Host", "h"),
            new Headers.Field("A", "b c"),
            new Headers.Field("D", ""),
            new Headers.Field("a", "\u00e9"));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, '', true",
    "HTTP/1.1, 'Connection: close', false",
    "HTTP/1.1, 'Connection: keep-alive, Close', false",
    "HTTP/1.1, 'Connection: closed', true",
    "HTTP/1.0, '', false",
    "HTTP/1.0, 'Connection: Keep-Alive', true",
    "HTTP/1.5, '', true"
  })
  void next_keepAlive_followsVersionAndConnection(String version, String line, boolean expected) {
    String fields = line.isEmpty() ? "" : line + "\r\n";

    RequestHead head =
        (RequestHead) outcome("GET /u/x " + version + "\r\nHost: h\r\n" + fields + "\r\n");

    assertThat(head.keepAlive()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://other:81/u/x?y, /u/x?y, other:81",
    "HTTPS://other, /, other",
    "http://[::1]:80?q, /?q, [::1]:80"
  })
  void next_absoluteTarget_replacesHost(String target, String path, String host) {
    RequestHead head = (RequestHead) outcome("GET " + target + " HTTP/1.1\r\nhost: h\r\n\r\n");

    assertThat(head.target()).isEqualTo(path);
    assertThat(head.headers().joined("Host")).contains(host);
  }

  @Test
  void next_atTheLimits_isTaken() {
    String target = "/" + "x".repeat((16 << 10) - 1);
    String fields = "X: y\r\n".repeat(99);

    HeadOutcome outcome = outcome("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");

    assertThat(outcome).isInstanceOf(RequestHead.class);
  }

  @Test
  void next_expectWithoutBody_isTaken() {
    assertThat(outcome("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n"))
        .isInstanceOf(RequestHead.class);
    assertThat(outcome("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 00\r\n\r\n"))
        .isInstanceOf(RequestHead.class);
  }

  @Test
  void next_bodyInAnyPieces_isReadOnce() {
    String bytes =
        "POST /api/v1/x HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
            + "GET /api/v1/x HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"
            + "GET /u/x HTTP/1.1\r\nHost: h\r\n\r\n";
    for (int cut = 1; cut < bytes.length(); cut++) {
      HeadReader reader = new HeadReader(target -> target.startsWith("/api/"));
      List<String> read = new ArrayList<>();
      for (String piece : List.of(bytes.substring(0, cut), bytes.substring(cut))) {
        reader.add(Unpooled.buffer().writeBytes(piece.getBytes(StandardCharsets.ISO_8859_1)));
        while (reader.next() instanceof RequestHead head) {
          read.add(head.method() + " " + head.target() + " " + head.body());
        }
      }
      assertThat(read)
          .as("cut at %d", cut)
          .containsExactly("POST /api/v1/x {\"a\":1}", "GET /api/v1/x ", "GET /u/x ");
      assertThat(reader.isBetweenRequests()).isTrue();
    }
  }

  @Test
  void isBetweenRequests_headWithoutItsBody_isFalse() {
    HeadReader reader = new HeadReader(_ -> true);
    String head = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n";
    reader.add(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.ISO_8859_1)));

    assertThat(reader.next()).isNull();
    assertThat(reader.pending()).isZero();
    assertThat(reader.isBetweenRequests()).isFalse();
  }
}
