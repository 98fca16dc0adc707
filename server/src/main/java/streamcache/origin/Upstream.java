package streamcache.origin;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * A provider's response whose body is being read; owned by one connection thread. {@link #close}
 * ends it: after a complete body the network connection may be reused; otherwise it is cut.
 */
public interface Upstream extends AutoCloseable {

  /** The maximum number of bytes that a read returns; buffers need not be larger. */
  int MOST_A_READ = 128 * 1024;

  Facts facts();

  /**
   * Offset of the body's first byte in the file: the requested one, or 0 if the range was ignored.
   */
  long start();

  /** Number of body bytes that the response promises; empty if it does not say. */
  OptionalLong length();

  /**
   * Reads at least one byte into {@code buffer}, blocking at most the read time-out.
   *
   * @return bytes read; -1 at the clean, complete end of the body
   * @throws OriginException Broken for a cut or short body, Slow for a stall
   */
  int read(ByteBuffer buffer) throws OriginException;

  /** Whether the body was read to its clean end, so that closing loses nothing. */
  boolean isSpent();

  /** Never throws, never blocks on the network; safe from any thread, wakes a blocked read. */
  @Override
  void close();
}
