package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Estimates how far ahead of its playback a player has taken bytes, from what its connection shows.
 * The model is a bucket that bytes fill and playback empties. The level is computed from its last
 * known value at each call, since the title's rate becomes known only gradually. Written by the
 * playback's thread, read by any. Times are monotonic nanoseconds.
 */
public final class BufferEstimator {

  /** A player that takes longer than this to accept what is handed to it has a full buffer. */
  private static final Duration FULL_AFTER = Duration.ofMillis(500);

  /** Two moments with a full buffer show the title's rate if they are this many seconds apart. */
  private static final double MEASURED_SECONDS = 5;

  /** The most bytes handed over at once. */
  private static final long STEP_BYTES = 4L << 20;

  /** Seconds that no player takes ahead without its buffer ever having been full... */
  private static final double GREEDY_SECONDS = 60;

  /**
   * ...unless they amount to fewer bytes than this. No player ever takes more than the next value.
   */
  private static final long GREEDY_LEAST = 64L << 20;

  private static final long GREEDY_MOST = 256L << 20;

  /** The seconds that a reader other than a player counts as having ahead: it never stalls. */
  private static final double GREEDY_BUFFERED = 3600;

  /** A player that has taken nothing of what is handed to it for this long is not playing. */
  private static final Duration IDLE = WatchTime.BREAK;

  private final Bitrate bitrate;
  private volatile Bucket last;
  private volatile boolean greedy;

  /** An estimator for a player that has taken nothing yet. */
  public BufferEstimator(Bitrate bitrate, long now) {
    this.bitrate = bitrate;
    last = Bucket.empty(Optional.empty(), now);
  }

  /** Bytes are being handed over from now on. */
  public void sends(OptionalLong total, long now) {
    last = last.sends(rate(total), now);
  }

  /** The player's system has taken {@code bytes} since {@link #sends}. */
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

  /** Whether the player has taken nothing of what is handed to it for {@code time}. */
  public boolean isPaused(Duration time, long now) {
    return now - last.sending().orElse(now) > time.toNanos();
  }

  /** Bytes per second. */
  public double rate(OptionalLong total) {
    return bitrate.rate(total);
  }

  /**
   * Bytes per second that the player takes for certain; 0 while it is not playing, or is not a
   * player.
   */
  public double claims(OptionalLong total, long now) {
    boolean isIdle = now - last.sending().orElse(now) > IDLE.toNanos();
    return isIdle || greedy ? 0 : bitrate.leastRate(total);
  }

  /**
   * Seconds of playback that the player has beyond what has been {@link #sent}. While bytes are
   * being handed over, some of them may already be consumed, so the value may be below 0. The value
   * is an hour for a reader that takes more than any player does.
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
