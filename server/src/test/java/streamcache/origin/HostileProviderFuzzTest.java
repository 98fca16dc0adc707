package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import streamcache.testkit.fuzz.HostileAnswer;
import streamcache.testkit.fuzz.HostileAnswer.Truth;
import streamcache.testkit.fuzz.HostileFilm;
import streamcache.testkit.fuzz.HostileProvider;

/**
 * Hostile responses from a real socket: no byte at a wrong offset, no clean end of an incomplete
 * body, no byte missing from a complete one, and nothing that outlasts the time-outs.
 */
final class HostileProviderFuzzTest {

  private static final int ANSWERS = 1500;
  private static final Duration BOUND = Duration.ofSeconds(10);

  /** Seeds that once found a fault; run each time. */
  private static final List<Long> SEEDS = List.of(1L, 2L);

  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(500),
          Duration.ofSeconds(5));

  static Stream<Long> seeds() {
    return Stream.concat(SEEDS.stream(), Stream.of(System.nanoTime()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void open_anyAnswer_neverWrongNeverEndless(long seed) throws IOException {
    Random random = new Random(seed);
    int complete = 0;
    try (HostileProvider provider = new HostileProvider(/* mayStall= */ true);
        HttpOrigin origin = Fetches.origin(SHORT, Fetches.OPEN)) {
      for (int i = 0; i < ANSWERS; i++) {
        long each = random.nextLong();
        int from = random.nextInt(4) == 0 ? random.nextInt(HostileFilm.LENGTH) : 0;
        HostileAnswer answer = provider.answer(each, from);
        long begun = System.nanoTime();
        boolean isComplete = read(origin, Fetches.from(provider.url(each), from), answer);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .as("seed %d, %s", seed, answer)
            .isLessThan(BOUND);
        complete += isComplete ? 1 : 0;
      }
    }
    assertThat(complete).as("answers that came through").isBetween(ANSWERS / 5, ANSWERS);
  }

  /** Reads the whole body; returns whether it ended cleanly. */
  private static boolean read(HttpOrigin origin, Fetch fetch, HostileAnswer answer) {
    long position = -1;
    try (Upstream upstream = origin.open(fetch)) {
      position = upstream.start();
      ByteBuffer buffer = ByteBuffer.allocate(1 + Math.floorMod(answer.seed(), 9000));
      while (upstream.read(buffer.clear()) >= 0) {
        position = check(position, buffer.flip(), answer);
      }
      assertThat(answer.truth()).as(answer.toString()).isNotEqualTo(Truth.BROKEN);
      assertThat(position)
          .as(answer.toString())
          .isEqualTo(upstream.start() + upstream.length().orElse(position - upstream.start()));
      if (answer.truth() == Truth.COMPLETE) {
        assertThat(position).as(answer.toString()).isEqualTo(HostileFilm.LENGTH);
      }
      return true;
    } catch (OriginException e) {
      assertThat(answer.truth())
          .as("%s at %d of %s", e.getMessage(), position, answer)
          .isNotEqualTo(Truth.COMPLETE);
      return false;
    }
  }

  private static long check(long from, ByteBuffer bytes, HostileAnswer answer) {
    long position = from;
    while (bytes.hasRemaining()) {
      if (bytes.get() != HostileFilm.at(position) && answer.truth() != Truth.LIE) {
        throw new AssertionError("wrong byte at " + position + " of " + answer);
      }
      position++;
    }
    return position;
  }
}
