package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;

/**
 * Keeps a slot for a title whose player gave up before the provider stopped counting the connection
 * that was closed for it. Without this, the title that was interrupted would take the slot again,
 * and each attempt of the player would cost both another cool-down. Part of an account; times are
 * monotonic nanoseconds.
 */
final class Reservation {

  /** A person who got an error tries again within this time, or not at all. */
  static final Duration RETURNS_WITHIN = Duration.ofSeconds(20);

  private @Nullable TitleKey title;
  private long until;

  /**
   * A player has left.
   *
   * @param slotIn nanoseconds until the passing of time frees a slot; 0 when it frees none
   * @param coolDown how long the provider counts a closed connection: a shorter one costs less than
   *     the slot is worth
   */
  void left(TrackedDemand demand, long slotIn, Duration coolDown, long now) {
    boolean gaveUp = demand.isWaiting() && !demand.terms().factsOnly();
    if (gaveUp && slotIn > 0 && !demand.title().isBrought()) {
      title = demand.title().key();
      until = now + slotIn + Math.min(RETURNS_WITHIN.toNanos(), coolDown.toNanos());
    }
  }

  /** A title gets a connection. */
  void opened(TitleKey by) {
    if (by.equals(title)) {
      title = null;
    }
  }

  /** The title for which a slot is kept. */
  Optional<TitleKey> title(long now) {
    return until - now > 0 ? Optional.ofNullable(title) : Optional.empty();
  }
}
