package streamcache.schedule;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a player has buffered, as {@link BufferEstimator} estimates it. Immutable; times are
 * monotonic nanoseconds, rates bytes per second.
 *
 * @param since when its level was last known
 * @param wasFull whether it was full then; if not, it was empty
 * @param taken bytes taken since then
 * @param sending when the current hand-over of bytes began; empty while there is none
 * @param full its capacity, once observed
 */
record Bucket(
    long since, boolean wasFull, long taken, OptionalLong sending, Optional<Filling> full) {

  /**
   * The bytes that a player took from empty to full, and the seconds that took; it played
   * meanwhile.
   */
  record Filling(long bytes, double seconds) {

    private double size(double rate) {
      return Math.max(0, bytes - rate * seconds);
    }
  }

  static Bucket empty(Optional<Filling> full, long now) {
    return new Bucket(now, /* wasFull= */ false, 0, OptionalLong.empty(), full);
  }

  /**
   * Bytes are being handed over from now on. A player with an empty buffer stood still until now.
   */
  Bucket sends(double rate, long now) {
    Bucket from = level(rate, now) < 0 ? empty(full, now) : this;
    return new Bucket(from.since, from.wasFull, from.taken, OptionalLong.of(now), full);
  }

  /** The bytes have been handed over. */
  Bucket plus(long bytes) {
    return new Bucket(since, wasFull, taken + bytes, OptionalLong.empty(), full);
  }

  /**
   * The buffer has become full, for the first time or again.
   *
   * @param doubt bytes by which it may seem larger than estimated without being so
   */
  Bucket filled(double rate, long doubt, long now) {
    boolean outgrown = level(rate, now) > size(rate) + doubt;
    Filling filling = new Filling(taken, seconds(now));
    Filling size = outgrown ? filling : full.orElse(filling);
    return new Bucket(now, /* wasFull= */ true, 0, OptionalLong.empty(), Optional.of(size));
  }

  /** The buffer is as full as before. */
  Bucket stillFull(long now) {
    return new Bucket(now, /* wasFull= */ true, 0, OptionalLong.empty(), full);
  }

  double seconds(long now) {
    return (now - since) / 1e9;
  }

  /** Its capacity in bytes; 0 until observed. */
  double size(double rate) {
    return full.map(filling -> filling.size(rate)).orElse(0.0);
  }

  /** The bytes in it, if it has not run empty since; below 0 if it has. */
  double level(double rate, long now) {
    return (wasFull ? size(rate) : 0) + taken - rate * seconds(now);
  }
}
