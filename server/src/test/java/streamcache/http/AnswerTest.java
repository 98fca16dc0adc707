package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.Unreadable;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.RawClient;

/** How responses are framed, and that exactly the promised bytes arrive. */
final class AnswerTest {

  private static final int LENGTH = 10 << 20;

  @TempDir Path folder;
  @AutoClose private SentFile film;

  @BeforeEach
  void writeFilm() throws IOException {
    film = SentFile.of(folder, LENGTH);
  }

  /** Sends the range given by the target "/from-to". */
  private void sendRange(Exchange exchange) throws ClientGone, Unreadable {
    String[] ends = exchange.request().target().substring(1).split("-");
    film.send(exchange, Long.parseLong(ends[0]), Long.parseLong(ends[1]));
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  @ParameterizedTest
  @EnumSource
  void file_withContentLength_arrivesWhole(Transport transport) throws IOException {
    try (Served served = Served.by(this::sendRange, transport)) {
      RawClient.get(served.address(), "/0-" + LENGTH).check(film.content(), 0, LENGTH);
      assertThat(film.channel().isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void pipelinedRequests_areAnsweredInOrder(Transport transport) throws IOException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Handler handler =
        exchange -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          sendRange(exchange);
          running.decrementAndGet();
        };
    long[][] ranges = {{5, 6_000_000}, {0, 1}, {77, 65_613}, {3, 3}, {9_999_999, LENGTH}};
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      StringBuilder requests = new StringBuilder();
      for (long[] range : ranges) {
        requests.append(get("/" + range[0] + "-" + range[1]));
      }
      client.send(requests.toString()).shutdownOutput();

      for (long[] range : ranges) {
        client.answer().check(film.content(), range[0], range[1]);
      }
      assertThat(client.awaitClose()).isEqualTo(BodyEnd.CLEAN);
      assertThat(most).hasValue(1);
    }
  }

  /** More requests than are read ahead: reading pauses and resumes. */
  @ParameterizedTest
  @EnumSource
  void manyPipelinedRequests_areAllAnswered(Transport transport) throws Exception {
    int count = 5_000;
    try (Served served = Served.by(this::sendRange, transport);
        RawClient client = served.client()) {
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              client.send(get("/100-101").repeat(count));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      for (int i = 0; i < count; i++) {
        client.answer().check(film.content(), 100, 101);
      }
      sender.join();
    }
  }

  /** The event loop answers these itself: one after another, without recursion. */
  @ParameterizedTest
  @EnumSource
  void manyPipelinedOptions_areAllAnswered(Transport transport) throws IOException {
    int count = 2_000;
    try (Served served = Served.by(this::sendRange, transport);
        RawClient client = served.client()) {
      client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n".repeat(count));
      for (int i = 0; i < count; i++) {
        assertThat(client.answer().status()).isEqualTo(204);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallRanges_onOneConnection_allArrive(Transport transport) throws IOException {
    try (Served served = Served.by(this::sendRange, transport);
        RawClient client = served.client()) {
      for (int i = 0; i < 1000; i++) {
        long from = i * 1000L;
        client.send(get("/" + from + "-" + (from + 1024)));
        client.answer().check(film.content(), from, from + 1024);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallFileParts_ofUnknownLength_arriveAsChunks(Transport transport) throws IOException {
    Handler handler =
        exchange -> {
          exchange.head(200, new Headers());
          exchange.body(film.channel(), 5, 6);
          exchange.body(film.channel(), 6, 6 + FilePart.LONGEST);
          exchange.body(film.channel(), 6 + FilePart.LONGEST, 7 + 2 * FilePart.LONGEST);
          exchange.end();
        };
    try (Served served = Served.by(handler, transport)) {
      RawClient.get(served.address(), "/").check(film.content(), 5, 7 + 2 * FilePart.LONGEST);
    }
  }

  private Handler unknownLength() {
    return exchange -> {
      exchange.head(200, new Headers().add("content-type", "video/x\r\nEvil: 1"));
      exchange.body(ByteBuffer.wrap(film.content().bytes(0, 300_000)));
      exchange.body(ByteBuffer.allocate(0));
      exchange.body(film.channel(), 300_000, LENGTH);
      exchange.end();
    };
  }

  @ParameterizedTest
  @EnumSource
  void unknownLength_on11_isChunked(Transport transport) throws IOException {
    try (Served served = Served.by(unknownLength(), transport);
        RawClient client = served.client()) {
      for (int round = 0; round < 2; round++) {
        Answer answer = client.send(get("/")).answer();

        answer.check(film.content(), 0, LENGTH);
        assertThat(answer.ending()).isEqualTo(BodyEnd.CLEAN);
        assertThat(answer.header("Transfer-Encoding")).contains("chunked");
        assertThat(answer.header("Content-Type")).contains("video/x  Evil: 1");
        assertThat(answer.head().headers().toString()).contains("Content-Type");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void unknownLength_on10_endsWithTheConnection(Transport transport) throws IOException {
    try (Served served = Served.by(unknownLength(), transport);
        RawClient client = served.client()) {
      client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      Answer answer = client.answer();

      answer.check(film.content(), 0, LENGTH);
      assertThat(answer.ending()).isEqualTo(BodyEnd.CLEAN);
      assertThat(answer.header("Transfer-Encoding")).isEmpty();
      assertThat(answer.header("Connection")).contains("close");
    }
  }

  @ParameterizedTest
  @EnumSource
  void knownLength_on10_mayKeepTheConnection(Transport transport) throws IOException {
    try (Served served = Served.by(this::sendRange, transport);
        RawClient client = served.client()) {
      client.send("GET /0-9 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.answer().header("Connection")).contains("keep-alive");
      client.send("GET /9-20 HTTP/1.0\r\n\r\n");
      assertThat(client.answer().check(film.content(), 9, 20).header("Connection"))
          .contains("close");
      assertThat(client.awaitClose()).isEqualTo(BodyEnd.CLEAN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answerWithoutBody_saysSo(Transport transport) throws IOException {
    Handler handler =
        exchange -> {
          exchange.head(Integer.parseInt(exchange.request().target().substring(1)), new Headers());
          exchange.end();
        };
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      assertThat(client.send(get("/404")).answer().header("Content-Length")).contains("0");
      assertThat(client.send(get("/304")).answer().header("Content-Length")).isEmpty();
      assertThat(client.send(get("/204")).answer().header("Content-Length")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void head_hasTheFramingOfGet_andNoBody(Transport transport) throws IOException {
    Handler handler =
        exchange -> {
          Headers headers = new Headers().add("ETag", "\"x\"").add("date", "ours").add("Via", "a");
          boolean known = exchange.request().target().equals("/known");
          exchange.head(200, known ? headers.add("Content-Length", "12345678900") : headers);
          exchange.end();
        };
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      Answer known = client.send("HEAD /known HTTP/1.1\r\nHost: h\r\n\r\n").answerToHead();
      Answer open = client.send("HEAD /open HTTP/1.1\r\nHost: h\r\n\r\n").answerToHead();

      assertThat(known.header("Content-Length")).contains("12345678900");
      assertThat(known.header("Date").orElseThrow()).endsWith("GMT");
      assertThat(open.header("Content-Length")).isEmpty();
      assertThat(client.send(get("/known")).readHead().status()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_reachesTheHandlerAsSent(Transport transport) throws IOException {
    Handler handler =
        exchange ->
            TextAnswer.sentence(
                    200,
                    exchange.request().target()
                        + exchange.request().headers().joined("host").orElse("")
                        + exchange.request().peer().getHostAddress()
                        + exchange.request().http11()
                        + Thread.currentThread().isVirtual())
                .send(exchange);
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      client.send("GET http://other/u/a%20b?c=d HTTP/1.1\r\nHost: h\r\n\r\n");

      assertThat(client.answer().text()).isEqualTo("/u/a%20b?c=dother127.0.0.1truetrue\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void rangeBeyondFourGigabytes_isExact(Transport transport) throws IOException {
    long length = 5L << 30;
    long from = (4L << 30) - 70_001;
    long to = from + 9_000_000;
    try (SentFile big = SentFile.sparse(folder, length);
        Served served = Served.by(exchange -> big.send(exchange, from, to), transport)) {
      big.write(from, (int) (to - from));

      RawClient.get(served.address(), "/").check(big.content(), from, to);
    }
  }
}
