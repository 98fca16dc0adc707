package streamcache.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A provider's limit on streams at a time: running answers, and those ended less than the cool-down
 * ago. What comes beyond is refused. Thread-safe.
 */
public final class Budget {

  private final Waiting waiting = new Waiting();
  private final int limit;
  private final Duration coolDown;
  private final Script refusal;
  private final LongSupplier nanos;
  private final int refusalsToBan;
  private final List<Long> freeAt = new ArrayList<>();
  private int running;
  private int peak;
  private int refusals;

  private Budget(
      int limit, Duration coolDown, Script refusal, LongSupplier nanos, int refusalsToBan) {
    this.limit = limit;
    this.coolDown = coolDown;
    this.refusal = refusal;
    this.nanos = nanos;
    this.refusalsToBan = refusalsToBan;
  }

  /** So many streams at a time; the next is answered with this status. */
  public static Budget of(int limit, int refusalStatus) {
    Script refusal = Script.status(refusalStatus).closing();
    return new Budget(limit, Duration.ZERO, refusal, System::nanoTime, Integer.MAX_VALUE);
  }

  /** An ended stream counts on for so long. */
  public Budget coolDown(Duration value) {
    return new Budget(limit, value, refusal, nanos, refusalsToBan);
  }

  /** What the refused are answered. */
  public Budget refusal(Script value) {
    return new Budget(limit, coolDown, value, nanos, refusalsToBan);
  }

  /** Time of the cool-down, such as a fake clock's. */
  public Budget clock(LongSupplier value) {
    return new Budget(limit, coolDown, refusal, value, refusalsToBan);
  }

  /** After so many refusals everybody is refused for good. */
  public Budget banAfter(int value) {
    return new Budget(limit, coolDown, refusal, nanos, value);
  }

  public int refusals() {
    return waiting.read(() -> refusals);
  }

  /** Most streams that counted at a time, running and cooling, the refused ones included. */
  public int peak() {
    return waiting.read(() -> peak);
  }

  public boolean isBanned() {
    return refusals() >= refusalsToBan;
  }

  public void awaitRefusals(int count) {
    waiting.await(() -> refusals >= count, () -> refusals + " refusals, expected " + count);
  }

  /** Whether a stream may begin; if so it ends with {@link #release}. */
  boolean claim() {
    boolean[] claimed = new boolean[1];
    waiting.change(() -> claimed[0] = tryClaim());
    return claimed[0];
  }

  void release() {
    waiting.change(() -> {
      running--;
      freeAt.add(nanos.getAsLong() + coolDown.toNanos());
    });
  }

  Script refusal() {
    return refusal;
  }

  private boolean tryClaim() {
    long now = nanos.getAsLong();
    freeAt.removeIf(time -> time - now <= 0);
    int counted = running + freeAt.size() + 1;
    peak = Math.max(peak, counted);
    if (counted > limit || refusals >= refusalsToBan) {
      refusals++;
      return false;
    }
    running++;
    return true;
  }
}
