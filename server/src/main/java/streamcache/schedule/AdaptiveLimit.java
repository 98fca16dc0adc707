package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * The number of connections that a provider allows, as far as known: the configured or usual
 * number, and fewer once it has refused one beside others. After a while one more is tried. Each
 * failed attempt doubles that while, since some providers ban clients for such attempts. Part of a
 * budget. Times are monotonic nanoseconds.
 */
final class AdaptiveLimit {

  /** After this long without a refusal one more connection is tried. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration LONGEST_PATIENCE = Duration.ofDays(1);

  private int allowed;
  private int most;
  private Duration patience = PATIENCE;
  private long since;

  /** Whether the current limit is one more than the provider was seen to allow. */
  private boolean tries;

  AdaptiveLimit(int allowed) {
    this.allowed = allowed;
    this.most = allowed;
  }

  /** The provider states another number; a lower one that refusals taught remains. */
  void allow(int stated) {
    most = most == allowed ? stated : Math.min(most, stated);
    allowed = stated;
  }

  /** The operator names another number; what refusals taught about the former one is forgotten. */
  void change(int named) {
    if (named != allowed) {
      allowed = named;
      most = named;
      tries = false;
    }
  }

  int most(long now) {
    if (most < allowed && now - since >= patience.toNanos()) {
      most++;
      since = now;
      tries = true;
    }
    return most;
  }

  /** The provider refused a connection beyond {@code connections}. */
  void lower(int connections, long now) {
    if (tries && connections < most) {
      patience = patience.multipliedBy(2);
      patience = patience.compareTo(LONGEST_PATIENCE) < 0 ? patience : LONGEST_PATIENCE;
    }
    tries = false;
    most = Math.max(1, Math.min(most, connections));
    since = now;
  }

  /** The provider refused a request. */
  void refused(long now) {
    since = now;
  }

  /** The provider accepts {@code connections} at once. */
  void bears(int connections) {
    if (tries && connections >= most) {
      tries = false;
      patience = PATIENCE;
    }
  }

  /** What refusals have taught; empty unless they have lowered the limit. */
  Optional<Learned.Limit> lesson(long now) {
    return most < allowed
        ? Optional.of(new Learned.Limit(most, patience, Duration.ofNanos(now - since)))
        : Optional.empty();
  }

  /** Restores what refusals taught an earlier run. */
  void remember(Learned.Limit lesson, long now) {
    most = Math.clamp(lesson.connections(), 1, allowed);
    patience = lesson.patience();
    since = now - lesson.age().toNanos();
  }
}
