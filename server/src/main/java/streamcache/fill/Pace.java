package streamcache.fill;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How fast a player consumes and how far ahead of its playing it has taken bytes: estimates from
 * what is seen on its connection. A bucket that bytes pour into and playing empties; a player that
 * stops taking them has its buffer full. Written by the playback's thread, read by any.
 */
final class Pace {

  /** A film whose length in time is unknown is taken to last an hour and a half. */
  private static final double GUESSED_SECONDS = 5400;

  private static final double LEAST_RATE = 128 << 10;
  private static final double MOST_RATE = 8 << 20;

  /** For a film of unknown size. */
  private static final double USUAL_RATE = 1 << 20;

  /** A player that does not take bytes for this long has enough of them... */
  private static final Duration FULL_AFTER = Duration.ofMillis(500);

  /** ...for at least this many seconds. */
  private static final double FULL_SECONDS = 10;

  /** Between two such moments the player's own rate shows, if they are this far apart. */
  private static final double MEASURED_SECONDS = 5;

  private static final double WEIGHT = 0.3;

  /**
   * One moment.
   *
   * @param at monotonic nanoseconds
   * @param ahead bytes taken ahead of playing
   * @param rate measured; 0 while it is not
   * @param sending whether bytes are being handed to the player
   * @param fullAt when its buffer was seen full last; 0 for never
   * @param sinceFull bytes taken since
   */
  private record Moment(
      long at, double ahead, double rate, boolean sending, long fullAt, long sinceFull) {}

  private volatile Moment last;

  Pace(long now) {
    last = new Moment(now, 0, 0, false, 0, 0);
  }

  /** Bytes are being handed over from now on. */
  void sends(OptionalLong total, long now) {
    last =
        new Moment(
            now,
            ahead(total, now),
            last.rate(),
            /* sending= */ true,
            last.fullAt(),
            last.sinceFull());
  }

  /** The player's system has taken {@code bytes}, since {@link #sends}. */
  void sent(long bytes, OptionalLong total, long now) {
    Moment before = last;
    double ahead = ahead(total, now) + bytes;
    long since = before.sinceFull() + bytes;
    if (now - before.at() < FULL_AFTER.toNanos()) {
      last = new Moment(now, ahead, before.rate(), /* sending= */ false, before.fullAt(), since);
      return;
    }
    double rate = before.fullAt() == 0 ? before.rate() : measured(before, since, now);
    double full = Math.max(ahead, FULL_SECONDS * rate(rate, total));
    last = new Moment(now, full, rate, /* sending= */ false, now, 0);
  }

  /** Bytes a second. */
  double rate(OptionalLong total) {
    return rate(last.rate(), total);
  }

  /** Seconds of playing that the player has ahead. */
  double buffered(OptionalLong total, long now) {
    Moment moment = last;
    double seconds = ahead(total, now) / rate(total);
    boolean full = moment.sending() && now - moment.at() >= FULL_AFTER.toNanos();
    return full ? Math.max(FULL_SECONDS, seconds) : seconds;
  }

  private double ahead(OptionalLong total, long now) {
    Moment moment = last;
    double played = rate(moment.rate(), total) * (now - moment.at()) / 1e9;
    return Math.max(0, moment.ahead() - played);
  }

  private static double measured(Moment before, long bytes, long now) {
    double seconds = (now - before.fullAt()) / 1e9;
    if (seconds < MEASURED_SECONDS) {
      return before.rate();
    }
    double seen = Math.clamp(bytes / seconds, LEAST_RATE, MOST_RATE);
    return before.rate() == 0 ? seen : before.rate() + WEIGHT * (seen - before.rate());
  }

  private static double rate(double measured, OptionalLong total) {
    if (measured > 0) {
      return measured;
    }
    return total.isEmpty()
        ? USUAL_RATE
        : Math.clamp(total.getAsLong() / GUESSED_SECONDS, LEAST_RATE, MOST_RATE);
  }
}
