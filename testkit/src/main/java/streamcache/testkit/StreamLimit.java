package streamcache.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A provider's limit on concurrent streams: running responses, and those that ended less than the
 * cool-down ago. Requests beyond it are refused. Thread-safe.
 */
public final class StreamLimit {

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

  private StreamLimit(
      int limit, Duration coolDown, Script refusal, LongSupplier nanos, int refusalsToBan) {
    this.limit = limit;
    this.coolDown = coolDown;
    this.refusal = refusal;
    this.nanos = nanos;
    this.refusalsToBan = refusalsToBan;
  }

  /** Allows this many streams at a time; a request beyond that is answered with this status. */
  public static StreamLimit of(int limit, int refusalStatus) {
    Script refusal = Script.status(refusalStatus).closing();
    return new StreamLimit(limit, Duration.ZERO, refusal, System::nanoTime, Integer.MAX_VALUE);
  }

  /** An ended stream still counts for this long. */
  public StreamLimit coolDown(Duration value) {
    return new StreamLimit(limit, value, refusal, nanos, refusalsToBan);
  }

  /** The response to refused requests. */
  public StreamLimit refusal(Script value) {
    return new StreamLimit(limit, coolDown, value, nanos, refusalsToBan);
  }

  /** The clock of the cool-down, such as a fake one. */
  public StreamLimit clock(LongSupplier value) {
    return new StreamLimit(limit, coolDown, refusal, value, refusalsToBan);
  }

  /** After this many refusals every request is refused for good. */
  public StreamLimit banAfter(int value) {
    return new StreamLimit(limit, coolDown, refusal, nanos, value);
  }

  public int refusals() {
    return waiting.read(() -> refusals);
  }

  /**
   * Returns the most streams that counted at a time, running and cooling down, refused ones
   * included.
   */
  public int peak() {
    return waiting.read(() -> peak);
  }

  public boolean isBanned() {
    return refusals() >= refusalsToBan;
  }

  public void awaitRefusals(int count) {
    waiting.await(() -> refusals >= count, () -> refusals + " refusals, expected " + count);
  }

  /** Whether a stream may begin; if so, it must be ended with {@link #release}. */
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
