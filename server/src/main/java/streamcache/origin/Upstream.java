package streamcache.origin;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * A provider's answer whose body is being read; owned by one connection thread. {@link #close} ends
 * it: after a complete body the network connection may be used again, before it is cut.
 */
public interface Upstream extends AutoCloseable {

  Facts facts();

  /** Offset of the body's first byte in the file: the asked one, or 0 when ranges were ignored. */
  long start();

  /** Number of body bytes the answer promises; empty when it does not say. */
  OptionalLong length();

  /**
   * Reads at least one byte into {@code buffer}, blocking at most the read time-out.
   *
   * @return bytes read; -1 at the clean, complete end of the body
   * @throws OriginException Broken for a cut or short body, Slow for a stall
   */
  int read(ByteBuffer buffer) throws OriginException;

  /** Whether the body was read to its clean end, so that closing cuts nothing off. */
  boolean isSpent();

  /** Never throws and never blocks for the network; safe from any thread, wakes a blocked read. */
  @Override
  void close();
}
