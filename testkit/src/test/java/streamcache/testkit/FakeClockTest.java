package streamcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FakeClockTest {

  @Test
  void advance_movesBothClocks_evenOverTheOverflow() {
    FakeClock clock = new FakeClock();
    Instant instant = clock.instant();
    long nanos = clock.nanoTime();
    clock.advance(Duration.ofSeconds(10));
    assertThat(clock.instant()).isEqualTo(instant.plusSeconds(10));
    assertThat(clock.nanoTime() - nanos).isEqualTo(10_000_000_000L);
    assertThat(clock.nanoTime()).isNegative();
  }

  @Test
  void setWall_leavesMonotonicTime() {
    FakeClock clock = new FakeClock();
    long nanos = clock.nanoTime();
    clock.setWall(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    assertThat(clock.nanoTime()).isEqualTo(nanos);
  }
}
