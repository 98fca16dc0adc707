package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.playback.Unreadable;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.RawClient;

/** An incomplete body never looks complete; a bug gets a 500 if no response has been sent. */
final class BrokenAnswerTest {

  private static final int LENGTH = 1 << 20;

  @TempDir Path folder;
  @AutoClose private SentFile film;

  @BeforeEach
  void writeFilm() throws IOException {
    film = SentFile.of(folder, LENGTH);
  }

  private static Answer get(Served served, String version) throws IOException {
    try (RawClient client = served.client()) {
      return client.send("GET / " + version + "\r\nHost: h\r\n\r\n").answer();
    }
  }

  private void assertReset(Handler handler, Transport transport) throws IOException {
    try (Served served = Served.by(handler, transport)) {
      assertThat(ending(served, "HTTP/1.1")).isEqualTo(BodyEnd.RESET);
      assertThat(ending(served, "HTTP/1.0")).isEqualTo(BodyEnd.RESET);
    }
  }

  private static BodyEnd ending(Served served, String version) throws IOException {
    try {
      return get(served, version).ending();
    } catch (SocketException e) {
      // Header and body would have been sent together, so neither was.
      return BodyEnd.RESET;
    }
  }

  @ParameterizedTest
  @EnumSource
  void abort_resetsInEveryFraming(Transport transport) throws IOException {
    assertReset(
        exchange -> {
          exchange.head(200, new Headers().add("Content-Length", "9999999"));
          exchange.body(film.channel(), 0, LENGTH);
          exchange.abort();
        },
        transport);
    assertReset(
        exchange -> {
          exchange.head(200, new Headers());
          exchange.body(film.channel(), 0, LENGTH);
          exchange.abort();
        },
        transport);
  }

  @ParameterizedTest
  @EnumSource
  void fileShorterThanTheRange_resetsAndTellsTheHandler(Transport transport) throws Exception {
    assertShortFileIsTold(transport, 0);
  }

  @ParameterizedTest
  @EnumSource
  void fileShorterThanTheSmallRange_resetsAndTellsTheHandler(Transport transport) throws Exception {
    assertShortFileIsTold(transport, LENGTH - 100);
  }

  private void assertShortFileIsTold(Transport transport, long from) throws Exception {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    Handler handler =
        exchange -> {
          exchange.head(200, new Headers());
          try {
            exchange.body(film.channel(), from, LENGTH + 1);
            told.complete(false);
          } catch (Unreadable e) {
            told.complete(exchange.isGone());
            throw e;
          }
        };

    assertReset(handler, transport);

    assertThat(told.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void bodyShorterThanPromised_resets(Transport transport) throws IOException {
    assertReset(
        exchange -> {
          exchange.head(200, new Headers().add("Content-Length", "100"));
          exchange.body(ByteBuffer.allocate(99));
          exchange.end();
        },
        transport);
  }

  @ParameterizedTest
  @EnumSource
  void bodyLongerThanPromised_resets(Transport transport) throws IOException {
    assertReset(
        exchange -> {
          exchange.head(200, new Headers().add("Content-Length", "101"));
          exchange.body(ByteBuffer.allocate(99));
          exchange.body(film.channel(), 0, 3);
          exchange.end();
        },
        transport);
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatThrowsLate_resets(Transport transport) throws IOException {
    assertReset(
        exchange -> {
          exchange.head(200, new Headers().add("Content-Length", "100"));
          exchange.body(film.channel(), 0, 99);
          throw new IllegalStateException("a bug, on purpose");
        },
        transport);
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatThrowsEarly_isAnswered500(Transport transport) throws IOException {
    Handler handler =
        exchange -> {
          exchange.head(200, new Headers().add("Content-Length", "100"));
          throw new IllegalStateException("a bug, on purpose");
        };
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      for (int round = 0; round < 2; round++) {
        Answer answer = client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").answer();

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains(answer.header("X-Request-Id").orElseThrow());
        assertThat(answer.text()).doesNotContain("on purpose");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatForgetsToEnd_isAnswered500(Transport transport) throws IOException {
    try (Served served = Served.by(exchange -> {}, transport)) {
      assertThat(get(served, "HTTP/1.1").status()).isEqualTo(500);
    }
  }
}
