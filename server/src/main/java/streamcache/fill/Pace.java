package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far ahead of its playing a player has taken bytes: an estimate from what is seen on its
 * connection. A bucket that bytes pour into and playing empties, reckoned anew from its last known
 * level each time it is asked, since the film's rate gets known only by and by. Written by the
 * playback's thread, read by any. Times are monotonic nanoseconds. Public for the simulator in
 * {@code bench} alone.
 */
public final class Pace {

  /** A player that takes longer than this for what is handed to it has its buffer full. */
  private static final Duration FULL_AFTER = Duration.ofMillis(500);

  /** Between two such moments the film's own rate shows, if they are this far apart. */
  private static final double MEASURED_SECONDS = 5;

  /** No more is handed over at once. */
  private static final long STEP_BYTES = 4L << 20;

  /** Seconds that no player takes ahead without ever having its buffer full... */
  private static final double GREEDY_SECONDS = 60;

  /** ...unless they are fewer bytes than this; and more than that no player takes at all. */
  private static final long GREEDY_LEAST = 64L << 20;

  private static final long GREEDY_MOST = 256L << 20;

  /** What a reader that is no player counts as having ahead: nobody stands still for it. */
  private static final double GREEDY_BUFFERED = 3600;

  /** A player that has taken nothing of what is handed to it for as long does not play. */
  private static final Duration IDLE = Watch.BREAK;

  private final Bitrate bitrate;
  private volatile Bucket last;
  private volatile boolean greedy;

  /** Of a player that has taken nothing yet. */
  public Pace(Bitrate bitrate, long now) {
    this.bitrate = bitrate;
    last = Bucket.empty(Optional.empty(), now);
  }

  /** Bytes are being handed over from now on. */
  public void sends(OptionalLong total, long now) {
    last = last.sends(rate(total), now);
  }

  /** The player's system has taken {@code bytes}, since {@link #sends}. */
  public void sent(long bytes, OptionalLong total, long now) {
    Bucket before = last;
    Bucket after = before.plus(bytes);
    double rate = rate(total);
    if (now - before.sending().orElse(now) < FULL_AFTER.toNanos()) {
      greedy |= after.full().isEmpty() && after.level(rate, now) > greedyBytes(rate);
      last = after;
      return;
    }
    greedy = false;
    double seconds = after.seconds(now);
    if (!after.wasFull()) {
      last = after.filled(rate, STEP_BYTES, now);
    } else if (seconds >= MEASURED_SECONDS) {
      bitrate.shows(after.taken() / seconds);
      last = after.stillFull(now);
    } else {
      last = after;
    }
  }

  private static double greedyBytes(double rate) {
    return Math.clamp(GREEDY_SECONDS * rate, GREEDY_LEAST, GREEDY_MOST);
  }

  /** Bytes a second. */
  public double rate(OptionalLong total) {
    return bitrate.rate(total);
  }

  /** Bytes a second that the player takes for sure; 0 while it plays nothing, or is no player. */
  public double claims(OptionalLong total, long now) {
    boolean isIdle = now - last.sending().orElse(now) > IDLE.toNanos();
    return isIdle || greedy ? 0 : bitrate.leastRate(total);
  }

  /**
   * Seconds of playing that the player has beyond what has been {@link #sent}; while bytes are
   * being handed over some of them may be used up already, hence it may be below 0. An hour for a
   * reader that takes more than any player does.
   */
  public double buffered(OptionalLong total, long now) {
    double rate = rate(total);
    Bucket bucket = last;
    if (greedy && bucket.level(rate, now) > 0) {
      return GREEDY_BUFFERED;
    }
    double most = bucket.full().isPresent() ? bucket.size(rate) : Double.MAX_VALUE;
    double least = bucket.sending().isPresent() ? bucket.size(rate) - STEP_BYTES : 0;
    return Math.clamp(bucket.level(rate, now), Math.min(least, most), most) / rate;
  }
}
