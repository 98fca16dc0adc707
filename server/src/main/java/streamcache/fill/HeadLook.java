package streamcache.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import streamcache.media.PlayingTime;
import streamcache.range.ByteRange;
import streamcache.schedule.Bitrate;
import streamcache.store.Extent;
import streamcache.store.Generation;
import streamcache.store.Reader;

/**
 * Determines once the bit rate that a title declares, in its head or, if the head points there,
 * after its media data. The rate is then known before players have shown it, whether the bytes
 * arrived now or were stored by an earlier run. Any thread.
 */
final class HeadLook {

  private static final long NOWHERE = -1;

  private final Bitrate bitrate = new Bitrate();

  /**
   * The offset at which to look next, in bytes from the beginning; {@link #NOWHERE} when there is
   * nothing left to look at.
   */
  private volatile long place;

  /** The bit rate, from what this finds and what players show. */
  Bitrate bitrate() {
    return bitrate;
  }

  /**
   * Looks at the first bytes of a new generation; does not consume them. If they are too few, the
   * store will have more later.
   */
  void atFirst(ByteBuffer bytes) {
    bitrate.forget();
    PlayingTime.of(bytes).ifPresent(bitrate::lasts);
    place = bitrate.isTold() ? NOWHERE : 0;
  }

  /**
   * Looks at the stored bytes, if there are enough. Waits for the disk, which is read on a separate
   * platform thread: a virtual thread that blocks in a read keeps its carrier from all others.
   */
  void atStored(Generation generation) {
    ByteRange range = range(generation);
    while (!range.isEmpty() && generation.present().covers(range)) {
      // Prevents other threads from reading the same bytes meanwhile.
      place = NOWHERE;
      ByteRange here = range;
      Thread reading =
          Thread.ofPlatform().daemon().name("head").start(() -> read(generation, here));
      try {
        reading.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      range = range(generation);
    }
  }

  /**
   * The range to look at next; empty when there is none, or when it lies after the end of the file.
   */
  private ByteRange range(Generation generation) {
    long total = generation.total().orElse(Long.MAX_VALUE);
    long next = place;
    long start = next == NOWHERE ? total : Math.min(next, total);
    return ByteRange.ofLength(start, Math.min(total - start, PlayingTime.HEAD_BYTES));
  }

  private void read(Generation generation, ByteRange range) {
    try (Reader reader = generation.reader(range.start())) {
      Optional<Extent> extent = reader.at(range.start(), range.length());
      if (extent.isPresent()) {
        ByteBuffer bytes = read(extent.get());
        PlayingTime.of(bytes).ifPresent(bitrate::lasts);
        if (!bitrate.isTold() && range.start() == 0) {
          place = PlayingTime.elsewhere(bytes).orElse(NOWHERE);
        }
      }
    } catch (IOException _) {
      // The next playback meets the same failure and reports it; the rate remains a guess.
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
