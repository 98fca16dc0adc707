package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import streamcache.range.ByteRange;

/** Compares received bytes with stored bytes. Blocks on the disk. */
final class Comparison {

  private static final int BUFFER_BYTES = 64 * 1024;

  private Comparison() {}

  /** See {@link Generation#agrees}. */
  static boolean agrees(Generation generation, long offset, ByteBuffer data) {
    ByteBuffer stored = ByteBuffer.allocate(Math.min(BUFFER_BYTES, data.remaining()));
    long position = offset;
    try (Media.View view = generation.view()) {
      while (data.hasRemaining()) {
        int wanted = Math.min(stored.capacity(), data.remaining());
        Optional<Extent> extent = view.extent(position, position + wanted);
        if (extent.isEmpty() || !read(extent.get(), stored.clear())) {
          return true;
        }
        ByteBuffer part = data.slice(data.position(), stored.flip().remaining());
        ByteRange range = ByteRange.ofLength(position, part.remaining());
        // Bytes that are evicted while they are read come back as zeros.
        if (!stored.equals(part) && generation.present().covers(range)) {
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
