package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a sidecar anew with few records in the place of the old: when a film is complete, which
 * gets its final name then, and when a film that is written for long has told more than its ranges
 * need. The new one is there, synced, before it takes the place of the old, so that either is found
 * after a kill; records still queued follow in the new one. On the keeper thread.
 */
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** About 400 MiB of a film; less is not worth a sync. */
  static final long SMALL_BYTES = 64 << 10;

  /** A journal may take so many times what its ranges need. */
  private static final long MOST_TIMES = 4;

  private Compaction() {}

  /** Does what is due of that. */
  static void run(Generation generation, Generation.Files files) throws IOException {
    Title title = generation.title();
    title.pen().acquireUninterruptibly();
    try {
      if (generation.isSuperseded()) {
        return;
      }
      if (isComplete(generation) && !files.media().isSealed()) {
        shorten(generation, files, /* complete= */ true);
        files.media().seal();
      } else if (isLong(generation, files.journal())) {
        shorten(generation, files, isComplete(generation));
      }
    } finally {
      title.pen().release();
    }
  }

  /** A last write behind the checkpoint brings another one. */
  private static boolean isComplete(Generation generation) {
    return generation.isComplete() && generation.presence().durable().equals(generation.present());
  }

  private static boolean isLong(Generation generation, Journal journal) {
    long needed = (generation.present().ranges().size() + 2L) * JournalRecord.BYTES;
    return journal.length() - SidecarBlock.BYTES > SMALL_BYTES + MOST_TIMES * needed;
  }

  /** The title's pen is held. */
  static void shorten(Generation generation, Generation.Files files, boolean complete)
      throws IOException {
    SidecarBlock block = NewFiles.block(generation, files.name());
    Optional<ByteBuffer> records =
        Shortening.of(
            files.journal().records(),
            block.generationTag(),
            generation.parts().bootTag(),
            complete);
    if (records.isEmpty()) {
      LOG.warn("event=sidecar-changed-by-others key={}", generation.title().key());
      return;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(SidecarBlock.BYTES + records.get().remaining())
            .put(block.encode())
            .put(records.get())
            .flip();
    Path place = generation.parts().layout().sidecar(generation.title().key());
    SteadyFile sidecar = SteadyFile.draft(generation.parts().disk(), Layout.draft(place), bytes);
    sidecar.syncAndMove(place);
    files.journal().moveTo(sidecar, bytes.limit());
  }
}
