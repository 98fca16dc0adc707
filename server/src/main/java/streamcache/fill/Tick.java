package streamcache.fill;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The scheduler's tick: checks what only time changes, for as long as there is something to check.
 * It rests otherwise, so that a server that nobody uses does not wake its processor. Any thread.
 */
final class Tick {

  /** The pause between two checks. */
  static final Duration PERIOD = Duration.ofMillis(250);

  private final Timer timer;
  private final Runnable check;
  private final BooleanSupplier isBusy;

  /** Whether a check is due or runs. */
  private final AtomicBoolean isAwake = new AtomicBoolean();

  /**
   * @param check runs on the timer's thread; what it throws is lost
   * @param isBusy whether the check has to be repeated; to be made true before {@link #wake}
   */
  Tick(Timer timer, Runnable check, BooleanSupplier isBusy) {
    this.timer = timer;
    this.check = check;
    this.isBusy = isBusy;
  }

  /** Ensures that a check runs within {@link #PERIOD}. */
  void wake() {
    if (isAwake.compareAndSet(false, true)) {
      timer.after(PERIOD, this::run);
    }
  }

  private void run() {
    try {
      check.run();
    } finally {
      // Also after an error, which would stop the scheduler for good otherwise.
      isAwake.set(false);
      // Asked after the flag is down: a caller of wake() that still saw it up is busy by now.
      if (isBusy.getAsBoolean()) {
        wake();
      }
    }
  }
}
