package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;
import streamcache.range.ByteRange;

/** Compares received bytes with stored bytes. Blocks on the disk. */
final class Comparison {

  private static final int BUFFER_BYTES = 64 * 1024;

  private Comparison() {}

  /**
   * Whether {@code data} equals the bytes stored from {@code offset} on; bytes that are no longer
   * present or cannot be read count as equal.
   *
   * @param opened closed by this method
   * @param isPresent whether all bytes of a range are present
   * @param data is consumed
   */
  static boolean agrees(
      Media.View opened, Predicate<ByteRange> isPresent, long offset, ByteBuffer data) {
    ByteBuffer stored = ByteBuffer.allocate(Math.min(BUFFER_BYTES, data.remaining()));
    long position = offset;
    try (Media.View view = opened) {
      while (data.hasRemaining()) {
        int wanted = Math.min(stored.capacity(), data.remaining());
        Optional<Extent> extent = view.extent(position, position + wanted);
        if (extent.isEmpty() || !read(extent.get(), stored.clear())) {
          return true;
        }
        ByteBuffer part = data.slice(data.position(), stored.flip().remaining());
        ByteRange range = ByteRange.ofLength(position, part.remaining());
        // Bytes that are evicted while they are read come back as zeros.
        if (!stored.equals(part) && isPresent.test(range)) {
          return false;
        }
        data.position(data.position() + part.remaining());
        position = range.end();
      }
      return true;
    } catch (IOException _) {
      return true;
    }
  }

  private static boolean read(Extent extent, ByteBuffer into) throws IOException {
    into.limit((int) extent.length());
    while (into.hasRemaining()) {
      if (extent.file().read(into, extent.from() + into.position()) < 0) {
        return false;
      }
    }
    return true;
  }
}
