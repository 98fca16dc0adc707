package streamcache.fill;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far ahead of its playing a player has taken bytes: an estimate from what is seen on its
 * connection. A bucket that bytes pour into and playing empties; a player that stops taking them
 * has its buffer full, and then the bucket tells how large that is. Written by the playback's
 * thread, read by any. Times are monotonic nanoseconds. Public for the simulator in {@code bench}
 * alone.
 */
public final class Pace {

  /** A player that takes longer than this for what is handed to it has enough. */
  private static final Duration FULL_AFTER = Duration.ofMillis(500);

  /** Between two such moments the film's own rate shows, if they are this far apart. */
  private static final double MEASURED_SECONDS = 5;

  /** No more is handed over at once. */
  private static final long STEP_BYTES = 4L << 20;

  /**
   * One moment.
   *
   * @param at monotonic nanoseconds
   * @param ahead bytes taken ahead of playing
   * @param sending whether bytes are being handed to the player
   * @param full bytes its buffer holds; 0 while that has not shown
   * @param fullAt since when its rate is measured: it was full then
   * @param sinceFull bytes taken since
   */
  private record Moment(
      long at, double ahead, boolean sending, double full, long fullAt, long sinceFull) {}

  private final Bitrate bitrate;
  private volatile Moment last;

  /** Of a player that has taken nothing yet. */
  public Pace(Bitrate bitrate, long now) {
    this.bitrate = bitrate;
    last = new Moment(now, 0, /* sending= */ false, 0, 0, 0);
  }

  /** Bytes are being handed over from now on. */
  public void sends(OptionalLong total, long now) {
    Moment before = last;
    double ahead = Math.max(0, ahead(total, now));
    last =
        new Moment(
            now, ahead, /* sending= */ true, before.full(), before.fullAt(), before.sinceFull());
  }

  /** The player's system has taken {@code bytes}, since {@link #sends}. */
  public void sent(long bytes, OptionalLong total, long now) {
    Moment before = last;
    double ahead = Math.max(0, ahead(total, now) + bytes);
    long since = before.sinceFull() + bytes;
    if (now - before.at() < FULL_AFTER.toNanos()) {
      last = new Moment(now, ahead, false, before.full(), before.fullAt(), since);
      return;
    }
    if (before.full() == 0) {
      double full = Math.max(1, ahead);
      last = new Moment(now, full, /* sending= */ false, full, now, 0);
      return;
    }
    double seconds = (now - before.fullAt()) / 1e9;
    boolean shows = seconds >= MEASURED_SECONDS;
    if (shows) {
      bitrate.shows(since / seconds);
    }
    last =
        new Moment(
            now,
            before.full(),
            /* sending= */ false,
            before.full(),
            shows ? now : before.fullAt(),
            shows ? 0 : since);
  }

  /** Bytes a second. */
  public double rate(OptionalLong total) {
    return bitrate.rate(total);
  }

  /**
   * Seconds of playing that the player has beyond what has been {@link #sent}; while bytes are
   * being handed over some of them may be used up already, hence it may be below 0.
   */
  public double buffered(OptionalLong total, long now) {
    return ahead(total, now) / rate(total);
  }

  private double ahead(OptionalLong total, long now) {
    Moment moment = last;
    double played = rate(total) * (now - moment.at()) / 1e9;
    double ahead = moment.ahead() - played;
    if (!moment.sending()) {
      return Math.max(0, ahead);
    }
    // It is either full or still empty enough to take all at once.
    return Math.max(ahead, moment.full() - STEP_BYTES);
  }
}
