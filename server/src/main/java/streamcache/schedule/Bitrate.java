package streamcache.schedule;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.DoubleStream;

/**
 * The number of bytes per second of playback of a title: what its head says, else a guess from its
 * size, until players have shown it. What one player shows benefits every later one. Belongs to a
 * title; thread-safe.
 */
public final class Bitrate {

  /** A title of unknown duration is assumed to last an hour and a half. */
  private static final double GUESSED_SECONDS = 5400;

  /** ...and to last no longer than this. */
  private static final double MOST_SECONDS = 3 * 3600;

  private static final double LEAST = 128 << 10;
  private static final double MOST = 8 << 20;

  /** For a title of unknown size. */
  private static final double USUAL = 1 << 20;

  /** The number of readings kept. A pause spoils one of them, which does not affect the median. */
  private static final int READINGS = 5;

  /** This many readings outvote the guess. */
  private static final int ENOUGH = 3;

  private final AtomicReference<double[]> readings = new AtomicReference<>(new double[0]);

  private volatile double playingSeconds;

  /** The title lasts {@code playingTime}, according to its head. */
  public void lasts(Duration playingTime) {
    playingSeconds = playingTime.toNanos() / 1e9;
  }

  /** A player with a full buffer has consumed this many bytes per second for several seconds. */
  void shows(double bytesASecond) {
    double reading = Math.clamp(bytesASecond, LEAST, MOST);
    readings.updateAndGet(before ->
        DoubleStream.concat(DoubleStream.of(reading), DoubleStream.of(before))
            .limit(READINGS)
            .toArray());
  }

  /** A new file has replaced the old one, so that the old head no longer applies. */
  public void forget() {
    playingSeconds = 0;
  }

  /** Whether the head of the title states its duration. */
  public boolean isTold() {
    return playingSeconds > 0;
  }

  /** Whether the head of the title says that it is shorter than {@code time}. */
  public boolean isShorterThan(Duration time) {
    return isTold() && playingSeconds < time.toNanos() / 1e9;
  }

  /** Bytes per second; a lower bound where only the size is known. */
  double leastRate(OptionalLong total) {
    return isShown(total) ? rate(total) : Math.clamp(total.orElse(0) / MOST_SECONDS, LEAST, MOST);
  }

  private boolean isShown(OptionalLong total) {
    return readings.get().length >= ENOUGH || (isTold() && total.isPresent());
  }

  /** Bytes per second. */
  public double rate(OptionalLong total) {
    if (isTold() && total.isPresent()) {
      return Math.clamp(total.getAsLong() / playingSeconds, LEAST, MOST);
    }
    double[] seen = readings.get();
    double guess =
        total.isEmpty() ? USUAL : Math.clamp(total.getAsLong() / GUESSED_SECONDS, LEAST, MOST);
    double[] sorted =
        DoubleStream.concat(DoubleStream.of(seen), DoubleStream.of(guess))
            .limit(READINGS)
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }
}
