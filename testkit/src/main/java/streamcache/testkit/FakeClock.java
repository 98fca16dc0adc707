package streamcache.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that moves only when a test moves it: wall clock and monotonic nanoseconds advance together,
 * but the wall clock can also be set wrong on its own. Any thread.
 */
public final class FakeClock implements InstantSource {

  /** Far from zero and near the overflow, where careless comparisons of nanoTime fail. */
  private static final long FIRST_NANOS = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

  private static final Instant FIRST_INSTANT = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong elapsed = new AtomicLong();
  private final AtomicLong wallShift = new AtomicLong();

  @Override
  public Instant instant() {
    return FIRST_INSTANT.plusNanos(elapsed.get() + wallShift.get());
  }

  /** As {@link System#nanoTime}: only differences are meaningful. */
  public long nanoTime() {
    return FIRST_NANOS + elapsed.get();
  }

  /** Advances the time. */
  public FakeClock advance(Duration time) {
    elapsed.addAndGet(time.toNanos());
    return this;
  }

  /** Sets the system's wall clock; monotonic time is not affected. */
  public FakeClock setWall(Instant now) {
    wallShift.addAndGet(Duration.between(instant(), now).toNanos());
    return this;
  }
}
