package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** An opening ends at once when cancelled, at any step, and otherwise within its time-out. */
final class CallTest {

  /** Limit for a cancelled opening; the best of a few tries counts, as the machine may be busy. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final int TRIES = 5;

  private final Content film = Content.of(9, 300_000);
  private final ScriptedOrigin provider = ScriptedOrigin.start();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void closeAll() {
    over.countDown();
    provider.close();
  }

  @Test
  void cancel_duringTheLookUp_endsAtOnce() {
    CountDownLatch asked = new CountDownLatch(TRIES);
    AtomicInteger number = new AtomicInteger();
    Resolver silent =
        _ -> {
          asked.countDown();
          await(over);
          return List.of();
        };
    try (HttpOrigin origin = origin(silent, Fetches.PATIENT)) {
      assertEndsAtOnce(
          call -> open(origin, "http://silent" + number.incrementAndGet() + ".example/f", call),
          () -> {});
    }
    assertThat(asked.getCount()).isZero();
  }

  @Test
  void cancel_duringTheConnect_endsAtOnce() throws IOException {
    try (ServerSocket full = listener();
        Backlog backlog = new Backlog(full);
        HttpOrigin origin = origin(Resolver.SYSTEM, Fetches.PATIENT)) {
      assertThat(backlog.size()).isPositive();
      assertEndsAtOnce(call -> open(origin, url("http", full), call), () -> {});
    }
  }

  @Test
  void cancel_duringASilentHandshake_endsAtOnce() throws IOException {
    try (ServerSocket silent = listener();
        HttpOrigin origin = origin(Resolver.SYSTEM, Fetches.PATIENT)) {
      assertEndsAtOnce(call -> open(origin, url("https", silent), call), () -> awaitHello(silent));
    }
  }

  @Test
  void cancel_beforeTheHead_endsAtOnceAndClosesTheConnection() {
    AtomicInteger asked = new AtomicInteger();
    provider.serve("/f", Script.of(film).headGate(new Gate()));
    try (HttpOrigin origin = Fetches.origin()) {
      assertEndsAtOnce(
          call -> open(origin, provider.url("/f"), call),
          () -> provider.awaitRequests("/f", asked.incrementAndGet()));
      provider.awaitConnections(0);
    }
  }

  @Test
  void cancel_beforeTheFirstBytes_endsAtOnceAndClosesTheConnection() {
    AtomicInteger asked = new AtomicInteger();
    provider.serve("/f", Script.of(film).gate(100, new Gate()));
    try (HttpOrigin origin = Fetches.origin()) {
      assertEndsAtOnce(
          call -> open(origin, provider.url("/f"), call),
          () -> provider.awaitRequests("/f", asked.incrementAndGet()));
      provider.awaitConnections(0);
    }
  }

  @Test
  void cancel_beforeTheOpening_asksNobody() {
    provider.serve("/f", Script.of(film));
    Call call = new Call();
    call.cancel();
    try (HttpOrigin origin = Fetches.origin()) {
      assertThatThrownBy(() -> origin.open(Fetches.whole(provider.url("/f")), call))
          .hasMessageContaining("closed");
    }
    assertThat(provider.totalConnections()).isZero();
  }

  @Test
  void cancel_onTheWay_followsNoFurtherRedirect() throws Exception {
    Gate gate = new Gate();
    provider.serve("/a", Script.redirect("/b").headGate(gate));
    provider.serve("/b", Script.of(film));
    Call call = new Call();
    try (HttpOrigin origin = Fetches.origin()) {
      CompletableFuture<OriginException> ended =
          begun(() -> open(origin, provider.url("/a"), call));
      gate.awaitReached();
      call.cancel();
      gate.open();
      assertThat(ended.get(10, TimeUnit.SECONDS)).hasMessageContaining("closed");
      provider.awaitConnections(0);
      assertThat(provider.requests("/b")).isEmpty();
    }
  }

  /** A call that lost a race must not discard the remembered target of a redirect. */
  @Test
  void cancel_ofAReusedTarget_doesNotForgetIt() throws Exception {
    Gate gate = new Gate();
    provider.serve("/a", Script.redirect("/b"));
    provider.serve("/b", Script.of(film).onRequest(2, script -> script.headGate(gate)));
    try (HttpOrigin origin = Fetches.origin()) {
      origin.open(Fetches.whole(provider.url("/a"))).close();
      Call call = new Call();
      CompletableFuture<OriginException> ended =
          begun(() -> open(origin, provider.url("/a"), call));
      gate.awaitReached();
      call.cancel();
      assertThat(ended.get(10, TimeUnit.SECONDS)).hasMessageContaining("closed");
      origin.open(Fetches.whole(provider.url("/a"))).close();
      assertThat(provider.requests("/a")).hasSize(1);
    }
  }

  @Test
  void cancel_afterTheOpening_harmless() throws OriginException {
    provider.serve("/f", Script.of(film));
    try (HttpOrigin origin = Fetches.origin()) {
      Call call = new Call();
      try (Upstream upstream = origin.open(Fetches.whole(provider.url("/f")), call)) {
        film.check(0, Fetches.drain(upstream));
      }
      call.cancel();
      origin.open(Fetches.whole(provider.url("/f"))).close();
      assertThat(provider.totalConnections()).as("the kept connection was not cut").isEqualTo(1);
    }
  }

  /** The head is never silent for as long as the read time-out, and never complete. */
  @Test
  void open_headLetterByLetter_endsInTime() {
    provider.on(
        "/f",
        wire -> {
          wire.head("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nX-Endless: ");
          while (true) {
            wire.framing("x");
            wire.pause(Duration.ofMillis(20));
          }
        });
    Timeouts timeouts =
        new Timeouts(
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Duration.ofMillis(500));
    try (HttpOrigin origin = origin(Resolver.SYSTEM, timeouts)) {
      long begun = System.nanoTime();
      assertThat(Fetches.failure(origin, Fetches.whole(provider.url("/f"))))
          .isInstanceOf(Failure.Slow.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      provider.awaitConnections(0);
    }
  }

  @Test
  void open_namesThatDoNotAnswer_slowInTimeAndOneLookUpForAll() {
    AtomicInteger asked = new AtomicInteger();
    Resolver silent =
        _ -> {
          asked.incrementAndGet();
          await(over);
          return List.of(InetAddress.ofLiteral("127.0.0.1"));
        };
    Timeouts timeouts =
        new Timeouts(
            Duration.ofMillis(250),
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS);
    try (HttpOrigin origin = origin(silent, timeouts)) {
      for (int i = 0; i < 3; i++) {
        Failure failure = Fetches.failure(origin, Fetches.whole("http://silent.example/f"));
        assertThat(failure).isInstanceOf(Failure.Slow.class);
        assertThat(failure.detail()).isEqualTo("look-up timed out");
      }
      assertThat(asked).as("who comes later joins in").hasValue(1);
    }
  }

  /** Look-ups that hang take all threads and then fill the queue; the next one fails at once. */
  @Test
  void open_tooManyLookUps_refusedAtOnceWithoutMoreThreads() throws Exception {
    AtomicInteger threads = new AtomicInteger();
    Resolver silent =
        _ -> {
          threads.incrementAndGet();
          await(over);
          return List.of(InetAddress.ofLiteral("127.0.0.1"));
        };
    LookUps lookUps = new LookUps(silent, Fetches.GENEROUS);
    int most = 32 + 256;
    List<Call> calls = Stream.generate(Call::new).limit(most).toList();
    CountDownLatch ended = new CountDownLatch(most);
    for (int i = 0; i < most; i++) {
      String host = "silent" + i + ".example";
      Call call = calls.get(i);
      CountDownLatch begun = new CountDownLatch(1);
      Thread.ofVirtual()
          .start(() -> {
            begun.countDown();
            assertThatThrownBy(() -> lookUps.addresses(host, call))
                .isInstanceOf(OriginException.class);
            ended.countDown();
          });
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    }
    Failure failure = null;
    for (int i = 0; i < 100 && failure == null; i++) {
      failure = refusal(lookUps, "late" + i + ".example");
    }
    assertThat(failure).isEqualTo(new Failure.Slow(OptionalInt.empty(), "too many look-ups"));
    assertThat(threads.get()).isLessThanOrEqualTo(32);
    calls.forEach(Call::cancel);
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    lookUps.close();
  }

  private interface Opening {
    OriginException end(Call call);
  }

  /** Checks the quickest of a few openings, each cancelled while at its step. */
  private static void assertEndsAtOnce(Opening opening, Runnable awaitStep) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      Call call = new Call();
      CompletableFuture<OriginException> ended = begun(() -> opening.end(call));
      awaitStep.run();
      assertThat(isOverWithin(ended, Duration.ofMillis(50))).as("it is at its step").isFalse();
      long begun = System.nanoTime();
      call.cancel();
      assertThat(isOverWithin(ended, Duration.ofSeconds(5))).isTrue();
      best = Math.min(best, System.nanoTime() - begun);
      assertThat(ended.join().failure().detail()).isEqualTo("closed");
    }
    assertThat(best).isLessThan(AT_ONCE.toNanos());
  }

  private static boolean isOverWithin(CompletableFuture<?> ended, Duration time) {
    try {
      var _ = ended.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<OriginException> begun(Supplier<OriginException> opening) {
    CompletableFuture<OriginException> ended = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> ended.complete(opening.get()));
    return ended;
  }

  private static OriginException open(HttpOrigin origin, String url, Call call) {
    try (Upstream upstream = origin.open(Fetches.whole(url), call)) {
      throw new AssertionError("opened: " + upstream.facts());
    } catch (OriginException e) {
      return e;
    }
  }

  private static Failure refusal(LookUps lookUps, String host) {
    Call call = new Call();
    CompletableFuture<OriginException> ended =
        begun(() -> {
          try {
            throw new AssertionError(lookUps.addresses(host, call).toString());
          } catch (OriginException e) {
            return e;
          }
        });
    boolean isRefused = isOverWithin(ended, Duration.ofMillis(200));
    call.cancel();
    return isRefused ? ended.join().failure() : null;
  }

  private static HttpOrigin origin(Resolver resolver, Timeouts timeouts) {
    return Fetches.origin(new Network(Fetches.OPEN, resolver, timeouts), /* verifyTls= */ true);
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static String url(String scheme, ServerSocket listener) {
    return scheme + "://127.0.0.1:" + listener.getLocalPort() + "/f";
  }

  /** Waits for the client's greeting, after which the server is silent. The socket stays open. */
  private static void awaitHello(ServerSocket silent) {
    try {
      Socket socket = silent.accept();
      assertThat(socket.getInputStream().read()).isPositive();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
