package streamcache.fill;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a player has taken ahead of its playing, as {@link Pace} reckons it. Immutable; times are
 * monotonic nanoseconds, rates bytes a second.
 *
 * @param since when its level was known last
 * @param wasFull what that was: full, else empty
 * @param taken bytes since
 * @param sending since when bytes are being handed over; empty while they are not
 * @param full what it holds, once that has shown
 */
record Bucket(
    long since, boolean wasFull, long taken, OptionalLong sending, Optional<Filling> full) {

  /** What a player took from empty to full, and how long that was: it played meanwhile. */
  record Filling(long bytes, double seconds) {

    private double size(double rate) {
      return Math.max(0, bytes - rate * seconds);
    }
  }

  static Bucket empty(Optional<Filling> full, long now) {
    return new Bucket(now, /* wasFull= */ false, 0, OptionalLong.empty(), full);
  }

  /** Bytes are being handed over from now on; a player that had none left stood still until now. */
  Bucket sends(double rate, long now) {
    Bucket from = level(rate, now) < 0 ? empty(full, now) : this;
    return new Bucket(from.since, from.wasFull, from.taken, OptionalLong.of(now), full);
  }

  /** They have been. */
  Bucket plus(long bytes) {
    return new Bucket(since, wasFull, taken + bytes, OptionalLong.empty(), full);
  }

  /**
   * It has become full, for the first time or again.
   *
   * @param doubt bytes by which it may seem larger than was thought without being so
   */
  Bucket filled(double rate, long doubt, long now) {
    boolean outgrown = level(rate, now) > size(rate) + doubt;
    Filling filling = new Filling(taken, seconds(now));
    Filling size = outgrown ? filling : full.orElse(filling);
    return new Bucket(now, /* wasFull= */ true, 0, OptionalLong.empty(), Optional.of(size));
  }

  /** It is full as it was. */
  Bucket stillFull(long now) {
    return new Bucket(now, /* wasFull= */ true, 0, OptionalLong.empty(), full);
  }

  double seconds(long now) {
    return (now - since) / 1e9;
  }

  /** Bytes it holds when full; 0 while that has not shown. */
  double size(double rate) {
    return full.map(filling -> filling.size(rate)).orElse(0.0);
  }

  /** Bytes in it, if it has never run dry since; below 0 when it has. */
  double level(double rate, long now) {
    return (wasFull ? size(rate) : 0) + taken - rate * seconds(now);
  }
}
