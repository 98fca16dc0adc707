package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.ScriptedOrigin;

class HttpOriginNetworkTest {

  private static final String CANARY = "s3cr3t";

  private final Content film = Content.of(5, 5_000_000);
  private final ScriptedOrigin provider = ScriptedOrigin.start();
  private final HttpOrigin origin = Fetches.origin();
  private final HttpOrigin hasty = Fetches.origin(Fetches.HASTY, Fetches.OPEN);
  private final String url = provider.url("/f");

  @AfterEach
  void closeAll() {
    origin.close();
    hasty.close();
    provider.close();
  }

  @Test
  void open_silenceBeforeTheHead_slow() {
    Gate gate = new Gate();
    provider.serve("/f", Script.of(film).headGate(gate));
    assertThat(Fetches.failure(hasty, Fetches.whole(url))).isInstanceOf(Failure.Slow.class);
    provider.awaitConnections(0);
  }

  /** A provider that fetches the file first is slow to begin; that is not a stall. */
  @Test
  void open_firstByteLaterThanAStallLasts_isWaitedFor() throws Exception {
    Timeouts patient = timeouts(Fetches.GENEROUS, Fetches.HASTY.read(), Fetches.GENEROUS);
    Gate head = new Gate();
    provider.serve("/late", Script.of(film).headGate(head));
    provider.serve("/f", Script.of(film).stallAfter(100_000));
    try (HttpOrigin slow = Fetches.origin(patient, Fetches.OPEN)) {
      CompletableFuture<byte[]> late = drained(slow, Fetches.whole(provider.url("/late")));
      head.awaitReached();
      assertThat(Fetches.bodyFailure(slow, Fetches.whole(url))).isInstanceOf(Failure.Slow.class);
      head.open();
      film.check(0, late.get(20, TimeUnit.SECONDS));
    }
  }

  /** Closing the connection would lose all received bytes, so the time-out is longer. */
  @Test
  void read_stallWhereNothingCanBeResumed_isWaitedForLonger() throws Exception {
    Timeouts patient = timeouts(Fetches.GENEROUS, Fetches.HASTY.read(), Fetches.GENEROUS);
    Gate middle = new Gate();
    Script whole = Script.of(film).ranges(Script.Ranges.UNKNOWN).gate(100_000, middle);
    provider.serve("/whole", whole);
    provider.serve("/f", Script.of(film).stallAfter(100_000));
    try (HttpOrigin slow = Fetches.origin(patient, Fetches.OPEN)) {
      CompletableFuture<byte[]> stalled = drained(slow, Fetches.whole(provider.url("/whole")));
      middle.awaitReached();
      assertThat(Fetches.bodyFailure(slow, Fetches.whole(url))).isInstanceOf(Failure.Slow.class);
      middle.open();
      film.check(0, stalled.get(20, TimeUnit.SECONDS));
    }
  }

  private static Timeouts timeouts(Duration firstByte, Duration read, Duration readToTheEnd) {
    Duration generous = Fetches.GENEROUS;
    return new Timeouts(
        generous, generous, firstByte, read, readToTheEnd, generous, generous.multipliedBy(3));
  }

  private static CompletableFuture<byte[]> drained(HttpOrigin from, Fetch fetch) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try (Upstream upstream = from.open(fetch)) {
        all.complete(Fetches.drain(upstream));
      } catch (OriginException e) {
        all.completeExceptionally(e);
      }
    });
    return all;
  }

  @Test
  void read_stallInTheBody_slow() throws OriginException {
    provider.serve("/f", Script.of(film).stallAfter(100_000));
    assertThat(Fetches.bodyFailure(hasty, Fetches.whole(url))).isInstanceOf(Failure.Slow.class);
    provider.awaitConnections(0);
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void read_cutInTheBody_brokenAfterTheBytesThatCame(Cut how) throws OriginException {
    Gate gate = new Gate();
    provider.serve("/f", Script.of(film).gate(100_000, gate).cutAfter(100_000, how));
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(100_000);
      while (buffer.hasRemaining()) {
        assertThat(upstream.read(buffer)).isPositive();
      }
      gate.open();
      film.check(0, buffer.flip());
      assertThatThrownBy(() -> upstream.read(buffer.clear()))
          .isInstanceOfSatisfying(
              OriginException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Broken.class));
    }
  }

  @Test
  void open_refused_unreachable() throws IOException {
    provider.refuseConnections();
    assertThat(Fetches.failure(origin, Fetches.whole(url))).isInstanceOf(Failure.Unreachable.class);
  }

  @Test
  void open_noSuchName_unreachable() {
    Fetch fetch = Fetches.whole("http://no-such-host.invalid/" + CANARY);
    assertThat(Fetches.failure(origin, fetch)).isInstanceOf(Failure.Unreachable.class);
  }

  @Test
  void open_neverAccepted_slow() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Backlog backlog = new Backlog(full)) {
      Timeouts timeouts =
          new Timeouts(
              Fetches.GENEROUS,
              Fetches.HASTY.read(),
              Fetches.GENEROUS,
              Fetches.GENEROUS,
              Fetches.GENEROUS,
              Fetches.GENEROUS,
              Fetches.GENEROUS);
      try (HttpOrigin impatient = Fetches.origin(timeouts, Fetches.OPEN)) {
        Fetch fetch = Fetches.whole("http://127.0.0.1:" + full.getLocalPort() + "/f");
        assertThat(backlog.size()).isPositive();
        assertThat(Fetches.failure(impatient, fetch)).isInstanceOf(Failure.Slow.class);
      }
    }
  }

  @Test
  void open_firstAddressDead_nextOneTaken() throws Exception {
    provider.serve("/f", Script.of(film));
    // Nothing listens on that port there.
    AddressPolicy policy =
        (_, _) -> List.of(InetAddress.ofLiteral("127.0.0.99"), InetAddress.ofLiteral("127.0.0.1"));
    try (HttpOrigin strict = Fetches.origin(Fetches.PATIENT, policy);
        Upstream upstream = strict.open(Fetches.whole(url))) {
      film.check(0, Fetches.drain(upstream));
    }
  }

  @Test
  void open_selfSigned_unreachableUnlessSwitchedOff() throws OriginException {
    try (ScriptedOrigin tls = ScriptedOrigin.startTls();
        HttpOrigin lax = Fetches.origin(Fetches.PATIENT, Fetches.OPEN, false)) {
      tls.serve("/f", Script.of(film));
      assertThat(Fetches.failure(origin, Fetches.whole(tls.url("/f"))))
          .isInstanceOf(Failure.Unreachable.class);
      String otherName = tls.url("/f").replace("127.0.0.1", "localhost");
      for (String address : List.of(tls.url("/f"), otherName)) {
        try (Upstream upstream = lax.open(Fetches.whole(address))) {
          film.check(0, Fetches.drain(upstream));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void close_fromAnotherThread_wakesTheRead(boolean overTls) throws Exception {
    try (ScriptedOrigin stalling = overTls ? ScriptedOrigin.startTls() : ScriptedOrigin.start();
        HttpOrigin lax = Fetches.origin(Fetches.PATIENT, Fetches.OPEN, false)) {
      Gate gate = new Gate();
      stalling.serve("/f", Script.of(film).gate(100_000, gate));
      Upstream upstream = lax.open(Fetches.whole(stalling.url("/f")));
      CompletableFuture<Failure> failure = new CompletableFuture<>();
      CountDownLatch hasAll = new CountDownLatch(1);
      Thread.ofPlatform()
          .start(() -> failure.complete(failureOf(upstream, /* come= */ 100_000, hasAll)));
      assertThat(hasAll.await(10, TimeUnit.SECONDS)).isTrue();
      upstream.close();
      assertThat(failure.get(5, TimeUnit.SECONDS).detail()).isEqualTo("closed");
      stalling.awaitConnections(0);
    }
  }

  @Test
  void close_nobodyAsksAgain_idleConnectionIsClosed() throws OriginException {
    provider.serve("/f", Script.of(film));
    Timeouts timeouts =
        new Timeouts(
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.GENEROUS,
            Fetches.HASTY.idle(),
            Fetches.GENEROUS);
    try (HttpOrigin tidy = Fetches.origin(timeouts, Fetches.OPEN)) {
      try (Upstream upstream = tidy.open(Fetches.whole(url))) {
        film.check(0, Fetches.drain(upstream));
      }
      provider.awaitConnections(0);
    }
  }

  @Test
  void close_afterTheEndAndTwice_harmless() throws OriginException {
    provider.serve("/f", Script.of(film));
    Upstream upstream = origin.open(Fetches.whole(url));
    film.check(0, Fetches.drain(upstream));
    upstream.close();
    upstream.close();
    origin.open(Fetches.whole(url)).close();
    assertThat(provider.totalConnections()).isEqualTo(1);
  }

  @Test
  void failures_everyKind_holdNoSecret() throws IOException {
    String secret = "/" + CANARY + "/film.mkv?token=" + CANARY;
    Map<String, String> headers =
        Map.of("authorization", "Basic " + CANARY, "cookie", "c=" + CANARY);
    List<Script> scripts =
        List.of(
            Script.status(404, "text/plain", CANARY),
            Script.status(500).header("Retry-After", CANARY),
            Script.status(200, "text/html", CANARY),
            Script.redirect("rtmp://" + CANARY + ":x/"),
            Script.redirect("/" + CANARY + "/film.mkv?token=" + CANARY),
            Script.redirect("http://" + CANARY + ":" + CANARY + "@127.0.0.1:1/" + CANARY),
            Script.of(film).framing(Framing.CHUNKED).header("Content-Range", CANARY),
            Script.of(film).header("Transfer-Encoding", CANARY),
            Script.of(film).header("Content-Length", CANARY),
            Script.of(film).rawHead(_ -> CANARY + " " + CANARY + "\r\n\r\n"));
    for (Script script : scripts) {
      provider.serve("/" + CANARY + "/film.mkv", script);
      assertThat(traceOf(Fetches.with(provider.url(secret), headers))).doesNotContain(CANARY);
    }
    provider.refuseConnections();
    assertThat(traceOf(Fetches.with(provider.url(secret), headers))).doesNotContain(CANARY);
  }

  private String traceOf(Fetch fetch) {
    try (Upstream upstream = origin.open(fetch)) {
      throw new AssertionError("opened: " + upstream.facts());
    } catch (OriginException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return trace + e.failure().toString();
    }
  }

  /** Why a body fails; counts down {@code hasAll} after all bytes, before the next read blocks. */
  private static Failure failureOf(Upstream upstream, long come, CountDownLatch hasAll) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    try {
      long read = 0;
      while (true) {
        read += upstream.read(buffer.clear());
        if (read == come) {
          hasAll.countDown();
        }
      }
    } catch (OriginException e) {
      return e.failure();
    }
  }
}
