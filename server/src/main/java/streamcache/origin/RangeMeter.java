package streamcache.origin;

import java.util.OptionalLong;

/**
 * Measures one response to a range, to learn whether its provider throttles open ranges. What slows
 * a body down here (the disk, a rate limit, a player's pace) makes an open range seem faster and a
 * closed one slower, so that it never looks like throttling. Used by the thread that reads the
 * body. Times are monotonic nanoseconds.
 */
final class RangeMeter {

  /** A shorter body may arrive from a buffer at once. */
  static final long LEAST_CLOSED = 256 * 1024;

  /** Longer closed ranges are throttled like open ones (see {@link RangeRates}). */
  static final long MOST_CLOSED = 16L << 20;

  /**
   * An open range is measured over so many seconds of waiting for bytes: a fast start from a
   * provider's buffer averages out, while a whole film would tell of another hour...
   */
  static final double OPEN_SECONDS = 3;

  /** ...or over so many bytes, if they arrive sooner. */
  static final long OPEN_BYTES = 4L << 20;

  private final Fetch fetch;
  private final ProfileUpdates updates;
  private final long begun;
  private final boolean isClosed;
  private long bytes;
  private long waited;
  private boolean isDone;

  /**
   * @param isRange whether the response is the requested range, and not the whole file
   * @param begun when the request was made
   */
  RangeMeter(Fetch fetch, boolean isRange, long begun, ProfileUpdates updates) {
    OptionalLong length = fetch.requestedLength();
    this.fetch = fetch;
    this.updates = updates;
    this.begun = begun;
    this.isClosed = length.isPresent();
    this.isDone =
        !isRange || length.orElse(LEAST_CLOSED) < LEAST_CLOSED || length.orElse(0) > MOST_CLOSED;
  }

  /**
   * A read of the body has returned.
   *
   * @param count bytes; -1 at the end
   */
  void read(int count, long before, long now) {
    if (isDone) {
      return;
    }
    bytes += Math.max(0, count);
    waited += now - before;
    if (isClosed && bytes >= fetch.requestedLength().orElseThrow()) {
      isDone = true;
      updates.closedRange(fetch, rate(now - begun));
    } else if (!isClosed && (waited >= OPEN_SECONDS * 1e9 || bytes >= OPEN_BYTES)) {
      isDone = true;
      updates.openRange(fetch, rate(waited));
    }
  }

  private double rate(long nanos) {
    return bytes / Math.max(1e-3, nanos / 1e9);
  }
}
