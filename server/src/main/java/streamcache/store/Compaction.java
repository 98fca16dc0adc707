package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.AtomicFile;
import streamcache.durable.ReopeningFile;

/**
 * Replaces a sidecar by one with fewer records: when a film is complete, which then gets its final
 * name, and when the journal of a film is much longer than its ranges need. The new sidecar is
 * written and synced before it replaces the old one, so that a kill leaves one of the two; records
 * still queued are appended to the new one. On the keeper thread.
 */
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** The journal of about 400 MiB of a film; a shorter one is not worth a sync. */
  static final long SMALL_BYTES = 64 << 10;

  /** A journal may be this many times as long as its ranges need. */
  private static final long MOST_TIMES = 4;

  private Compaction() {}

  /** Does whichever of the two is due. */
  static void run(Generation generation, TitleFiles files) throws IOException {
    Title title = generation.title();
    title.writerLock().acquireUninterruptibly();
    try {
      if (generation.isSuperseded()) {
        return;
      }
      if (isComplete(generation) && !files.media().isSealed() && files.media().maySeal()) {
        generation.freshness().completed(generation.parts().time().now().getEpochSecond());
        shorten(generation, files, /* complete= */ true);
        files.media().seal();
      } else if (isLong(generation, files.journal())) {
        // Unsealed media must not be recorded as complete: another file may have its final name.
        shorten(generation, files, isComplete(generation) && files.media().isSealed());
      }
    } finally {
      title.writerLock().release();
    }
  }

  /** Whether every byte is present and durable; a write after the checkpoint causes another one. */
  private static boolean isComplete(Generation generation) {
    return generation.isComplete() && generation.presence().durable().equals(generation.present());
  }

  private static boolean isLong(Generation generation, SidecarJournal journal) {
    long needed = (generation.present().ranges().size() + 2L) * JournalRecord.BYTES;
    return journal.length() - SidecarBlock.BYTES > SMALL_BYTES + MOST_TIMES * needed;
  }

  /** The title's writer lock is held. */
  static void shorten(Generation generation, TitleFiles files, boolean complete)
      throws IOException {
    SidecarBlock block = NewFiles.block(generation, files.name());
    Optional<ByteBuffer> records =
        Shortening.of(
            files.journal().records(),
            block.generationTag(),
            generation.parts().bootTag(),
            complete ? OptionalLong.of(generation.freshness().confirmed()) : OptionalLong.empty());
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
    ReopeningFile sidecar =
        ReopeningFile.draft(generation.parts().disk(), AtomicFile.draftOf(place), bytes);
    sidecar.syncAndMove(place);
    files.journal().moveTo(sidecar, bytes.limit());
  }
}
