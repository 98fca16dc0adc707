package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.BadLink;
import streamcache.live.Broadcast;
import streamcache.live.LiveReader;
import streamcache.origin.Upstream;
import streamcache.store.Generation;
import streamcache.store.Reader;
import streamcache.testkit.live.ChannelPacket;

/** Broadcasts on virtual time: when they are recognized, held and released. */
final class BroadcastTest extends FillsFixture {

  private static final String LIVE = "http://provider.example/live/joe/secret/1.ts";

  /** Does not say what it is. */
  private static final String PLAIN = "http://provider.example/watch.ts";

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Every fiftieth packet, from one with a clock, so that a test has little to store. */
  private static final int STEP = 50;

  private final BlockingQueue<OnAir> connections = new LinkedBlockingQueue<>();
  private Optional<OptionalLong> length = Optional.empty();
  private long next = 5;

  private Upstream answers() {
    OnAir answer = new OnAir(length.orElse(OptionalLong.empty()));
    connections.add(answer);
    return answer;
  }

  private static Wish wants(String url) throws BadLink {
    return new Wish(link(url), 0, Long.MAX_VALUE, /* factsOnly= */ false, Map.of(), CLIENT, true);
  }

  private OnAir connection() throws InterruptedException {
    return timer.next(connections, Duration.ofSeconds(60)).orElseThrow();
  }

  private Broadcast broadcast(Demand demand, Duration most) throws InterruptedException {
    return timer.await(demand::broadcast, most).orElseThrow();
  }

  /** Airs what plays for a second; {@code factor} times as fast as it plays. */
  private void airSecond(OnAir connection, double factor) {
    long until = next + (long) (factor * ChannelPacket.A_SECOND);
    for (; next < until; next += STEP) {
      connection.air(next);
    }
    timer.advance(SECOND);
  }

  private long files() throws Exception {
    try (Stream<java.nio.file.Path> all = Files.walk(folder.resolve("cache/media"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void demand_liveLink_isBroadcastAtOnceAndStoresNothing() throws Exception {
    Fills fills = fills(_ -> answers());
    try (Demand demand = fills.demand(wants(LIVE))) {
      OnAir provider = connection().air(5).air(55);
      Broadcast live = broadcast(demand, LIMIT);
      assertThat(live.contentType()).isEqualTo("video/mp2t");
      assertThat(live.window().edge()).isEqualTo(2L * ChannelPacket.BYTES);
      assertThat(files()).isZero();
      provider.air(105);
      assertThat(live.window().edge()).isEqualTo(3L * ChannelPacket.BYTES);
    }
  }

  /** Measured before the change: still open 75 s after the viewer had left. */
  @Test
  void close_lastViewer_connectionIsReleasedAfterTenSeconds() throws Exception {
    Fills fills = fills(_ -> answers());
    OnAir provider;
    try (Demand demand = fills.demand(wants(LIVE))) {
      provider = connection().air(5);
      broadcast(demand, LIMIT);
      for (int second = 0; second < 30; second++) {
        airSecond(provider, 1);
      }
    }
    timer.advance(Duration.ofMillis(9_500));
    assertThat(provider.isClosed()).isFalse();
    timer.advance(SECOND);
    assertThat(provider.isClosedWithin(LIMIT)).isTrue();
    assertThat(timer.await(() -> Optional.of(fills.titles()).filter(count -> count == 0), LIMIT))
        .isPresent();
  }

  @Test
  void close_viewerComesBackInTime_connectionStays() throws Exception {
    Fills fills = fills(_ -> answers());
    OnAir provider;
    try (Demand demand = fills.demand(wants(LIVE))) {
      provider = connection().air(5);
      broadcast(demand, LIMIT);
    }
    timer.advance(Duration.ofSeconds(8));
    try (Demand again = fills.demand(wants(LIVE))) {
      assertThat(again.joined()).isTrue();
      timer.advance(Duration.ofSeconds(30));
      assertThat(provider.isClosed()).isFalse();
      assertThat(asked).hasSize(1);
      assertThat(broadcast(again, LIMIT).window().edge()).isPositive();
    }
  }

  /** A paused player keeps its connection to us for an hour, but none to the provider. */
  @Test
  void sends_onlyViewerTakesNothing_connectionIsReleased() throws Exception {
    Fills fills = fills(_ -> answers());
    try (Demand demand = fills.demand(wants(LIVE))) {
      OnAir provider = connection().air(5);
      broadcast(demand, LIMIT);
      demand.sends();
      timer.advance(Duration.ofSeconds(9));
      assertThat(provider.isClosed()).isFalse();
      timer.advance(Duration.ofSeconds(2));
      assertThat(provider.isClosedWithin(LIMIT)).isTrue();
      demand.sent(ChannelPacket.BYTES, ChannelPacket.BYTES);
      demand.block(ChannelPacket.BYTES);
      connection().air(105);
    }
  }

  /** An account with one connection: a channel that nobody watches gives way to the next. */
  @Test
  void demand_otherChannelIsLeft_getsItsConnectionWithinASecond() throws Exception {
    Fills fills = fills(_ -> answers());
    OnAir first;
    try (Demand demand = fills.demand(wants(LIVE))) {
      first = connection().air(5);
      broadcast(demand, LIMIT);
      airSecond(first, 1);
      airSecond(first, 1);
    }
    try (Demand other = fills.demand(wants(LIVE.replace("1.ts", "2.ts")))) {
      assertThat(timer.next(connections, SECOND)).isPresent();
      assertThat(first.isClosed()).isTrue();
      assertThat(other.joined()).isFalse();
    }
  }

  /** Panels send a clip of a few seconds in place of a channel that is off the air. */
  @Test
  void end_onlyANoticeEachTime_isAskedForLessAndLess() throws Exception {
    Fills fills = fills(_ -> answers());
    try (Demand demand = fills.demand(wants(LIVE))) {
      connection().air(5).air(55).end();
      Broadcast live = broadcast(demand, LIMIT);
      demand.sent(ChannelPacket.BYTES, ChannelPacket.BYTES);
      for (int half = 0; half < 120; half++) {
        demand.block(live.window().edge());
        // In steps that leave the connections' threads time: one that is noticed ten virtual
        // seconds late would have lasted as long.
        timer
            .next(connections, SECOND.dividedBy(2))
            .ifPresent(more -> more.air(next).air(next + STEP).end());
      }
      assertThat(asked).hasSizeBetween(3, 9);
    }
  }

  @Test
  void end_channelHadLasted_isContinuedAtOnce() throws Exception {
    Fills fills = fills(_ -> answers());
    try (Demand demand = fills.demand(wants(LIVE))) {
      OnAir provider = connection().air(5);
      Broadcast live = broadcast(demand, LIMIT);
      for (int second = 0; second < 12; second++) {
        airSecond(provider, 1);
      }
      long before = live.window().edge();
      demand.block(before);
      provider.end();
      assertThat(timer.next(connections, SECOND).orElseThrow().air(9005)).isNotNull();
      assertThat(live.window().edge()).isEqualTo(before + ChannelPacket.BYTES);
    }
  }

  /** A title that does not say what it is, taken for a file until a minute has passed. */
  @Test
  void demand_arrivesAsItPlays_changesOverAndStoredBytesAreDropped() throws Exception {
    Fills fills = fills(_ -> answers());
    try (Demand demand = fills.demand(wants(PLAIN))) {
      OnAir provider = connection().air(next);
      next += STEP;
      Generation file = timer.generation(demand, LIMIT);
      long read = 0;
      try (Reader viewer = file.reader(0)) {
        for (int second = 0; second < 65; second++) {
          airSecond(provider, 1);
        }
        Broadcast live = demand.broadcast().orElseThrow();
        assertThat(file.isSuperseded()).isTrue();
        // What was stored can still be read, and the window goes on where it ends.
        read = file.present().presentUntil(0);
        assertThat(viewer.at(0, Long.MAX_VALUE)).isPresent();
        LiveReader goesOn = live.window().reader(read);
        ByteBuffer packet = ByteBuffer.allocate(ChannelPacket.BYTES);
        assertThat(goesOn.read(packet)).isEqualTo(ChannelPacket.BYTES);
        assertThat(goesOn.missed()).isZero();
        assertThat(packet.array())
            .isEqualTo(ChannelPacket.of(5 + STEP * (read / ChannelPacket.BYTES)));
      }
      assertThat(read).isPositive();
      assertThat(timer.await(this::isEmpty, Duration.ofSeconds(60))).isPresent();
      assertThat(asked).hasSize(1);
      assertThat(provider.isClosed()).isFalse();
    }
    timer.advance(Duration.ofSeconds(11));
    assertThat(timer.await(() -> Optional.of(fills.titles()).filter(count -> count == 0), LIMIT))
        .isPresent();
    // The next play knows.
    OnAir again;
    try (Demand demand = fills.demand(wants(PLAIN))) {
      again = connection().air(5);
      assertThat(broadcast(demand, LIMIT).window().edge()).isEqualTo(ChannelPacket.BYTES);
    }
    assertThat(again.isClosed()).isFalse();
  }

  private Optional<Boolean> isEmpty() {
    try {
      return Optional.of(files() == 0).filter(empty -> empty);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A file that has no length either is none. */
  @ParameterizedTest
  @CsvSource({"0.5, false", "1.6, false", "3, false", "1, true"})
  void demand_otherSpeedOrLengthKnown_staysAFile(double factor, boolean hasLength)
      throws Exception {
    length = Optional.of(hasLength ? OptionalLong.of(1L << 30) : OptionalLong.empty());
    Fills fills = fills(_ -> answers());
    try (Demand demand = fills.demand(wants(PLAIN))) {
      OnAir provider = connection().air(next);
      next += STEP;
      Generation file = timer.generation(demand, LIMIT);
      for (int second = 0; second < 130; second++) {
        airSecond(provider, factor);
      }
      assertThat(demand.broadcast()).isEmpty();
      assertThat(file.isSuperseded()).isFalse();
      assertThat(files()).isPositive();
    }
  }
}
