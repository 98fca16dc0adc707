package streamcache.fill;

import java.time.Duration;
import java.util.Optional;

/**
 * How many connections a provider allows, as far as is known: as many as are set or usual, fewer
 * once it has refused one beside others. After a while one more is tried, and each time in vain
 * that while is twice as long, since there are providers that ban for it. Belongs to a budget;
 * guarded by the account's lock. Times are monotonic nanoseconds.
 */
final class Ceiling {

  /** After this long without a refusal one more connection is tried. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration LONGEST_PATIENCE = Duration.ofDays(1);

  /**
   * @param connections the provider bears
   * @param patience until one more is tried
   * @param age since the last refusal
   */
  record Lesson(int connections, Duration patience, Duration age) {}

  private final int allowed;
  private int most;
  private Duration patience = PATIENCE;
  private long since;

  /** Whether the highest is one more than was seen to be allowed. */
  private boolean tries;

  Ceiling(int allowed) {
    this.allowed = allowed;
    this.most = allowed;
  }

  int most(long now) {
    if (most < allowed && now - since >= patience.toNanos()) {
      most++;
      since = now;
      tries = true;
    }
    return most;
  }

  /** The provider has refused one more than so many. */
  void lower(int connections, long now) {
    if (tries && connections < most) {
      patience = patience.multipliedBy(2);
      patience = patience.compareTo(LONGEST_PATIENCE) < 0 ? patience : LONGEST_PATIENCE;
    }
    tries = false;
    most = Math.max(1, Math.min(most, connections));
    since = now;
  }

  /** The provider has refused something. */
  void refused(long now) {
    since = now;
  }

  /** The provider bears so many at once. */
  void bears(int connections) {
    if (tries && connections >= most) {
      tries = false;
      patience = PATIENCE;
    }
  }

  /** What refusals have taught; empty while nothing is known but what is set. */
  Optional<Lesson> lesson(long now) {
    return most < allowed
        ? Optional.of(new Lesson(most, patience, Duration.ofNanos(now - since)))
        : Optional.empty();
  }

  /** What refusals had taught in an earlier run. */
  void remember(Lesson lesson, long now) {
    most = Math.clamp(lesson.connections(), 1, allowed);
    patience = lesson.patience();
    since = now - lesson.age().toNanos();
  }
}
