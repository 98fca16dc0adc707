package streamcache.fill;

import java.nio.ByteBuffer;
import streamcache.origin.OriginException;

/**
 * A connection of a single playback while the store accepts no bytes; it counts like any other.
 * Used and closed by the playback's thread.
 */
public interface Pass extends AutoCloseable {

  /** The offset of the next byte that {@link #read} returns. */
  long position();

  /**
   * Reads the next bytes; blocks.
   *
   * @return the number of bytes read, -1 at the clean end
   */
  int read(ByteBuffer buffer) throws OriginException;

  /** Ends the pass and gives back its slot; any further {@link #read} fails. */
  @Override
  void close();
}
