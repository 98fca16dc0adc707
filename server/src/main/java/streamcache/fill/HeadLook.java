package streamcache.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import streamcache.range.ByteRange;
import streamcache.store.Extent;
import streamcache.store.Generation;
import streamcache.store.Reader;

/**
 * Finds out once what the head of a title says of its rate: before players have shown it, and
 * whether the head came now or lies in the store from an earlier run. Any thread.
 */
final class HeadLook {

  private final Bitrate bitrate = new Bitrate();
  private volatile boolean over;

  /** What it finds out, and what players show. */
  Bitrate bitrate() {
    return bitrate;
  }

  /**
   * At the first bytes of a new generation; not consumed. They may be too few: then the store will
   * have more.
   */
  void atFirst(ByteBuffer bytes) {
    bitrate.forget();
    PlayingTime.of(bytes).ifPresent(bitrate::lasts);
    over = bitrate.isTold();
  }

  /**
   * At what is stored, if that is enough. Waits for the disk, which is read on a thread of its own:
   * a virtual one that waits in a read keeps its carrier from all others.
   */
  void atStored(Generation generation) {
    ByteRange head = new ByteRange(0, PlayingTime.HEAD_BYTES);
    if (over || !generation.present().covers(head)) {
      return;
    }
    over = true;
    Thread reading =
        Thread.ofPlatform().daemon().name("head").start(() -> read(generation, head.end()));
    try {
      reading.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Generation generation, long end) {
    try (Reader reader = generation.reader(0)) {
      Optional<Extent> extent = reader.at(0, end);
      if (extent.isPresent()) {
        PlayingTime.of(read(extent.get())).ifPresent(bitrate::lasts);
      }
    } catch (IOException _) {
      // The playback that comes next meets the same trouble and says so; the rate stays a guess.
    }
  }

  private static ByteBuffer read(Extent extent) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PlayingTime.HEAD_BYTES);
    long from = extent.from();
    while (from < extent.to() && bytes.hasRemaining()) {
      int count = extent.file().read(bytes, from);
      if (count < 0) {
        break;
      }
      from += count;
    }
    return bytes.flip();
  }
}
