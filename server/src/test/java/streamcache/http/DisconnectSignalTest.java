package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.playback.ClientGone;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.testkit.RawClient;

/** A handler that waits for bytes is notified when its player disconnects. */
final class DisconnectSignalTest {

  @TempDir Path folder;

  private interface Leaving {
    void leave(RawClient client) throws IOException;
  }

  /** Half a second of grace, and a second of slack for a busy machine. */
  private static void assertNoticed(Transport transport, String ahead, Leaving leaving)
      throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    Handler handler =
        exchange -> {
          exchange.head(200, new Headers().add("Content-Length", "100"));
          exchange.body(ByteBuffer.allocate(10));
          exchange.onGone(() -> gone.complete(exchange.isGone()));
          waiting.countDown();
          assertThat(gone.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
          exchange.body(ByteBuffer.allocate(10));
        };
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      client.request("GET", "/").readHead();
      client.readBytes(10);
      client.send(ahead);
      assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

      leaving.leave(client);

      assertThat(gone.get(5, TimeUnit.SECONDS)).isTrue();
      assertThat(served.listener().connections()).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedConnection_isNoticedWithoutSending(Transport transport) throws Exception {
    assertNoticed(transport, "", RawClient::close);
  }

  @ParameterizedTest
  @EnumSource
  void resetConnection_isNoticedWithoutSending(Transport transport) throws Exception {
    assertNoticed(transport, "", RawClient::reset);
  }

  @ParameterizedTest
  @EnumSource
  void closedConnection_afterPipelining_isNoticed(Transport transport) throws Exception {
    String next = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";
    assertNoticed(transport, next, RawClient::close);
  }

  @ParameterizedTest
  @EnumSource
  void halfClosedPlayer_getsItsAnswer(Transport transport) throws Exception {
    try (SentFile film = SentFile.of(folder, 9 << 20);
        Served served = Served.by(exchange -> film.send(exchange, 0, 9 << 20), transport);
        RawClient client = served.client()) {
      client.request("GET", "/").shutdownOutput();

      client.answer().check(film.content(), 0, 9 << 20);
    }
  }

  @ParameterizedTest
  @EnumSource
  void body_afterDeparture_throwsClientGone(Transport transport) throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Handler handler =
        exchange -> {
          CountDownLatch gone = new CountDownLatch(1);
          exchange.onGone(gone::countDown);
          try {
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
            CountDownLatch again = new CountDownLatch(1);
            exchange.onGone(again::countDown);
            assertThat(again.getCount()).isZero();
            exchange.head(200, new Headers());
          } catch (ClientGone | InterruptedException e) {
            thrown.complete(e);
          }
        };
    try (Served served = Served.by(handler, transport);
        RawClient client = served.client()) {
      client.request("GET", "/").reset();

      assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(ClientGone.class);
    }
  }

  @Test
  void then_actionThatFails_stopsNoOther() {
    DisconnectSignal signal = new DisconnectSignal();
    CountDownLatch ran = new CountDownLatch(2);
    signal.then(() -> {
      throw new IllegalStateException("a bug, on purpose");
    });
    signal.then(ran::countDown);

    signal.happen();
    signal.then(ran::countDown);

    assertThat(ran.getCount()).isZero();
  }
}
