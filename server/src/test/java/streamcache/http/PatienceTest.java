package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.testkit.AnswerHead;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.RawClient;

/** Which clients the server waits for, and for how long. */
final class PatienceTest {

  private static final int LENGTH = 24 << 20;
  private static final Limits SHORT =
      new Limits(
          Duration.ofMillis(400),
          Duration.ofMillis(1200),
          Duration.ofMillis(400),
          Duration.ofMillis(300),
          Duration.ofSeconds(2),
          64 << 10,
          /* connectionsMax= */ 1000,
          /* bufferBytesMax= */ 64 << 20);

  @TempDir Path folder;

  private static void pause(long millis) throws InterruptedException {
    assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
  }

  /** Completes {@code outcome} with what sending the body threw. */
  private Handler watched(SentFile film, CompletableFuture<Void> outcome) {
    return exchange -> {
      try {
        film.send(exchange, 0, LENGTH);
        outcome.complete(null);
      } catch (IOException e) {
        outcome.completeExceptionally(e);
        throw e;
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void slowReader_isNotCut(Transport transport) throws Exception {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    try (SentFile film = SentFile.of(folder, LENGTH);
        Served served = Served.by(watched(film, outcome), transport, SHORT);
        RawClient client = RawClient.connect(served.address(), 64 << 10)) {
      AnswerHead head = client.request("GET", "/").readHead();
      assertThat(head.status()).isEqualTo(200);

      int step = 512 << 10;
      for (int at = 0; at < LENGTH; at += step) {
        film.content().check(at, client.readBytes(step));
        if (at < 8 << 20) {
          pause(150);
        }
      }
      outcome.get(10, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void stalledReader_isCut(Transport transport) throws Exception {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    try (SentFile film = SentFile.of(folder, LENGTH);
        Served served = Served.by(watched(film, outcome), transport, SHORT);
        RawClient client = RawClient.connect(served.address(), 64 << 10)) {
      client.request("GET", "/").readHead();

      assertThatThrownBy(() -> outcome.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(streamcache.playback.ClientGone.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void incompleteHead_isAnswered408(Transport transport) throws IOException {
    try (Served served = Served.by(exchange -> {}, transport, SHORT);
        RawClient client = served.client()) {
      client.send("GET / HTTP/1.1\r\nHo");

      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.awaitClose()).isEqualTo(BodyEnd.CLEAN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void incompleteSecondHead_isAnswered408(Transport transport) throws IOException {
    try (Served served = Served.by(exchange -> end(exchange), transport, SHORT);
        RawClient client = served.client()) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HT");

      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.awaitClose()).isEqualTo(BodyEnd.CLEAN);
    }
  }

  private static void end(streamcache.playback.Exchange exchange)
      throws streamcache.playback.ClientGone {
    exchange.head(200, new Headers());
    exchange.end();
  }

  @ParameterizedTest
  @EnumSource
  void silentConnection_isClosedSilently(Transport transport) throws IOException {
    try (Served served = Served.by(exchange -> end(exchange), transport, SHORT);
        RawClient fresh = served.client();
        RawClient used = served.client()) {
      used.request("GET", "/").answer();

      assertThat(fresh.awaitClose()).isEqualTo(BodyEnd.CLEAN);
      assertThat(used.awaitClose()).isEqualTo(BodyEnd.CLEAN);
    }
  }
}
