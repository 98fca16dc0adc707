package streamcache.xtream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two requests; an interrupt ends the import. */
@FunctionalInterface
public interface Rest {

  void take(Duration time) throws InterruptedException;

  /** Waits in real time. */
  static Rest real() {
    return time -> {
      var _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
