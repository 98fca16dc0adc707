package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.settings.ListenSettings;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.RawClient;

final class DrainTest {

  private final CountDownLatch working = new CountDownLatch(1);
  private final CompletableFuture<Void> released = new CompletableFuture<>();

  /** Sends one byte, and the second when released. */
  private final Handler handler =
      exchange -> {
        exchange.head(200, new Headers().add("Content-Length", "2"));
        exchange.body(ByteBuffer.wrap(new byte[] {'a'}));
        exchange.onGone(() -> released.complete(null));
        working.countDown();
        released.orTimeout(20, TimeUnit.SECONDS).join();
        exchange.body(ByteBuffer.wrap(new byte[] {'b'}));
        exchange.end();
      };

  @ParameterizedTest
  @EnumSource
  void drain_letsAnswersFinish_andClosesIdleConnections(Transport transport) throws Exception {
    try (Served served = Served.by(handler, transport);
        RawClient idle = served.client();
        RawClient busy = served.client()) {
      busy.request("GET", "/");
      busy.request("GET", "/never");
      assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> served.listener().drain(Duration.ofSeconds(20)));
      assertThat(idle.awaitClose()).isEqualTo(BodyEnd.CLEAN);
      assertThatThrownBy(() -> RawClient.get(served.address(), "/"))
          .isInstanceOf(IOException.class);
      assertThat(drained).isNotDone();

      released.complete(null);

      Answer answer = busy.answer();
      assertThat(answer.text()).isEqualTo("ab");
      assertThat(busy.awaitClose()).isEqualTo(BodyEnd.CLEAN);
      busy.shutdownOutput();
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void drain_whenTimeIsUp_cutsTheRest(Transport transport) throws Exception {
    try (Served served = Served.by(handler, transport);
        RawClient busy = served.client()) {
      busy.request("GET", "/");
      assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(served.listener().drain(Duration.ofMillis(50))).isFalse();

      assertThat(busy.answer().ending()).isEqualTo(BodyEnd.RESET);
      assertThat(served.listener().connections()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void start_onAPortInUse_saysWhich(Transport transport) throws Exception {
    try (Served served = Served.by(handler, transport)) {
      int port = served.address().getPort();
      ListenSettings taken =
          new ListenSettings(
              "127.0.0.1", port, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, "");

      assertThatThrownBy(
              () -> Listener.start(taken, Optional.empty(), handler, transport, Served.PATIENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(Integer.toString(port));
    }
  }
}
