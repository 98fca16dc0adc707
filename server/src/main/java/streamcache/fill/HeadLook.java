package streamcache.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import streamcache.range.ByteRange;
import streamcache.store.Extent;
import streamcache.store.Generation;
import streamcache.store.Reader;

/**
 * Finds out once what a title says of its rate, in its head or, where that points there, behind its
 * pictures: before players have shown it, and whether the bytes came now or lie in the store from
 * an earlier run. Any thread.
 */
final class HeadLook {

  private static final long NOWHERE = -1;

  private final Bitrate bitrate = new Bitrate();

  /** Where it may be said, in bytes from the beginning; {@link #NOWHERE} when that is over. */
  private volatile long place;

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
    place = bitrate.isTold() ? NOWHERE : 0;
  }

  /**
   * At what is stored, if that is enough. Waits for the disk, which is read on a thread of its own:
   * a virtual one that waits in a read keeps its carrier from all others.
   */
  void atStored(Generation generation) {
    ByteRange stretch = stretch(generation);
    while (!stretch.isEmpty() && generation.present().covers(stretch)) {
      // Whoever comes meanwhile does not read the same.
      place = NOWHERE;
      ByteRange here = stretch;
      Thread reading =
          Thread.ofPlatform().daemon().name("head").start(() -> read(generation, here));
      try {
        reading.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      stretch = stretch(generation);
    }
  }

  /** What to look at next; empty when that is over, or behind the end of the file. */
  private ByteRange stretch(Generation generation) {
    long total = generation.total().orElse(Long.MAX_VALUE);
    long next = place;
    long start = next == NOWHERE ? total : Math.min(next, total);
    return ByteRange.ofLength(start, Math.min(total - start, PlayingTime.HEAD_BYTES));
  }

  private void read(Generation generation, ByteRange stretch) {
    try (Reader reader = generation.reader(stretch.start())) {
      Optional<Extent> extent = reader.at(stretch.start(), stretch.length());
      if (extent.isPresent()) {
        ByteBuffer bytes = read(extent.get());
        PlayingTime.of(bytes).ifPresent(bitrate::lasts);
        if (!bitrate.isTold() && stretch.start() == 0) {
          place = PlayingTime.elsewhere(bytes).orElse(NOWHERE);
        }
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
