package streamcache.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that the test advances. */
final class ManualTime implements StoreTime {
  private static final long START = 1_800_000_000L;
  private final AtomicLong nanos = new AtomicLong();

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return Instant.ofEpochSecond(START).plusNanos(nanos.get());
  }
}
