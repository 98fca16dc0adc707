package streamcache.fill;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.DoubleStream;

/**
 * How many bytes a second of playing a title has: what its head says, else a guess from its size
 * until players have shown it, which then helps every later one. Belongs to a fill; safe from any
 * thread. Public for the simulator in {@code bench} alone.
 */
public final class Bitrate {

  /** A film whose length in time is unknown is taken to last an hour and a half. */
  private static final double GUESSED_SECONDS = 5400;

  /** ...and not to last longer than this. */
  private static final double MOST_SECONDS = 3 * 3600;

  private static final double LEAST = 128 << 10;
  private static final double MOST = 8 << 20;

  /** For a film of unknown size. */
  private static final double USUAL = 1 << 20;

  /** A pause is one bad reading among these, and does not show in the middle one. */
  private static final int READINGS = 5;

  /** So many of them outvote the guess. */
  private static final int ENOUGH = 3;

  private final AtomicReference<double[]> readings = new AtomicReference<>(new double[0]);

  private volatile double playingSeconds;

  /** The film plays for so long, as its head says. */
  public void lasts(Duration playingTime) {
    playingSeconds = playingTime.toNanos() / 1e9;
  }

  /** A player with a full buffer has taken this much a second for some seconds. */
  void shows(double bytesASecond) {
    double reading = Math.clamp(bytesASecond, LEAST, MOST);
    readings.updateAndGet(before ->
        DoubleStream.concat(DoubleStream.of(reading), DoubleStream.of(before))
            .limit(READINGS)
            .toArray());
  }

  /** Another file has come: what the old one's head said is nothing of its. */
  void forget() {
    playingSeconds = 0;
  }

  /** Whether its head has said it. */
  boolean isTold() {
    return playingSeconds > 0;
  }

  /** Bytes a second; what it is at least, where nothing but the size is known. */
  double leastRate(OptionalLong total) {
    return isShown(total) ? rate(total) : Math.clamp(total.orElse(0) / MOST_SECONDS, LEAST, MOST);
  }

  private boolean isShown(OptionalLong total) {
    return readings.get().length >= ENOUGH || (isTold() && total.isPresent());
  }

  /** Bytes a second. */
  double rate(OptionalLong total) {
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
