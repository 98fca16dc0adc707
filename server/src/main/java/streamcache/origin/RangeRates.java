package streamcache.origin;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a provider sends bodies of open ranges ({@code bytes=a-}) and of short closed ones. Some
 * send open ranges at 50 to 100 KB/s and closed ones of up to 10 or 16 MiB at full speed (public
 * reports alist#4166, alist#4175, yt-dlp#1967; row b02 of the table of wild providers: 100 KB/s
 * against 31 MB/s). They are fast with RANGE_SIZE. A pure value; rates in bytes per second.
 *
 * @param open the rate of the last open range; 0 while unknown
 * @param measured when it was measured
 * @param closed the rate of the last short closed range; 0 while unknown
 * @param contrasts how often in a row a short closed range was much faster than the open one before
 *     it
 */
public record RangeRates(double open, Instant measured, double closed, int contrasts) {

  /** The rates of a provider that was never measured. */
  public static final RangeRates NONE = new RangeRates(0, Instant.EPOCH, 0, 0);

  /** 16 Mbit/s: faster open ranges carry nearly every film, so there is nothing to mend. */
  private static final double ENOUGH = 2e6;

  /**
   * The reports show a factor of 100 and more. Up to 4 can come of connections that share a line,
   * since 4 is what an account usually gets, and twice that is left for chance.
   */
  private static final double FACTOR = 8;

  /** A line may be slow in the evening only: rates of different hours are not compared. */
  private static final Duration COMPARABLE = Duration.ofMinutes(10);

  /** One contrast may be due to what else used the line at that moment. */
  private static final int CERTAIN = 3;

  /**
   * An open range was measured. A fast one shows that the provider throttles none.
   *
   * @param rate at least what the provider sent
   */
  RangeRates opened(double rate, Instant now) {
    return new RangeRates(rate, now, closed, isEnough(rate) ? 0 : contrasts);
  }

  /**
   * A short closed range was measured. A slow one shows that the provider is slow in any case.
   *
   * @param rate at most what the provider sent
   */
  RangeRates closed(double rate, Instant now) {
    boolean isComparable =
        open > 0 && Duration.between(measured, now).abs().compareTo(COMPARABLE) < 0;
    if (!isComparable) {
      return new RangeRates(open, measured, rate, contrasts);
    }
    boolean isContrast = !isEnough(open) && rate >= FACTOR * open;
    return new RangeRates(open, measured, rate, isContrast ? Math.min(CERTAIN, contrasts + 1) : 0);
  }

  /** Whether the last open range was slower than some films are played. */
  public boolean isOpenSlow() {
    return open > 0 && !isEnough(open);
  }

  /** Whether the last comparison showed that only open ranges are slow. */
  public boolean isContrast() {
    return contrasts > 0;
  }

  /** Whether comparisons have shown again and again that only open ranges are slow. */
  public boolean isThrottled() {
    return contrasts >= CERTAIN;
  }

  private static boolean isEnough(double rate) {
    return rate >= ENOUGH;
  }
}
