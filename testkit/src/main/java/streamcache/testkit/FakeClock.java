package streamcache.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that moves only when a test says so: wall clock and monotonic nanoseconds go together, but
 * the wall clock can also be set wrong on its own. Any thread.
 */
public final class FakeClock implements InstantSource {

  /** Far from zero and near the overflow, where careless comparisons of nanoTime break. */
  private static final long FIRST_NANOS = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

  private static final Instant FIRST_INSTANT = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong elapsed = new AtomicLong();
  private final AtomicLong wallShift = new AtomicLong();

  @Override
  public Instant instant() {
    return FIRST_INSTANT.plusNanos(elapsed.get() + wallShift.get());
  }

  /** As {@link System#nanoTime}: only differences mean anything. */
  public long nanoTime() {
    return FIRST_NANOS + elapsed.get();
  }

  /** Lets time pass. */
  public FakeClock advance(Duration time) {
    elapsed.addAndGet(time.toNanos());
    return this;
  }

  /** Somebody sets the system's clock; monotonic time goes on untouched. */
  public FakeClock setWall(Instant now) {
    wallShift.addAndGet(Duration.between(instant(), now).toNanos());
    return this;
  }
}
