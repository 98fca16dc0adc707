package streamcache.fill;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The rate at which one connection delivers bytes. Written by its thread, read by any. */
final class Flow {

  /** Seconds before which a rate says more about buffers than about the bandwidth. */
  private static final double RATE_AFTER = 0.3;

  /**
   * Seconds after a wait for a rate limit before a rate counts: bytes buffered by the kernel are
   * read first.
   */
  private static final double RATE_AFTER_WAIT = 1;

  /** The number of bytes that had arrived at a time in monotonic nanoseconds. */
  private record Mark(long bytes, long at) {}

  private volatile long firstByteAt;

  /** When it last waited for a rate limit; null if it never did. */
  private volatile @Nullable Mark lastWait;

  void begins(long now) {
    firstByteAt = now;
  }

  /**
   * The connection has just waited for one of our rate limits, so that its rate until now says
   * nothing about the bandwidth.
   */
  void waited(long bytes, long now) {
    lastWait = new Mark(bytes, now);
  }

  /** Seconds since the first byte. */
  OptionalDouble ran(long now) {
    long since = firstByteAt;
    return since == 0 ? OptionalDouble.empty() : OptionalDouble.of((now - since) / 1e9);
  }

  /**
   * The rate over the whole life of the connection: a fast start from a provider's buffer soon
   * averages out.
   */
  double rate(long bytes, long now) {
    double seconds = ran(now).orElse(0);
    return seconds < RATE_AFTER ? 0 : bytes / seconds;
  }

  /** The bandwidth that it indicates, in bytes per second; 0 while or where it indicates none. */
  double bandwidth(long bytes, long now) {
    Mark wait = lastWait;
    if (wait == null) {
      return rate(bytes, now);
    }
    double seconds = (now - wait.at()) / 1e9;
    return seconds < RATE_AFTER_WAIT ? 0 : (bytes - wait.bytes()) / seconds;
  }
}
