package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import streamcache.durable.AtomicFile;
import streamcache.durable.ReopeningFile;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * Gives a finished file of an old cache a second name, as the media file of a new generation that
 * is complete from the start. The title's writer lock is held.
 *
 * <p>The second name begins in the trash, where the next start deletes it. It becomes the media
 * file only after the sidecar is durable: a sidecar without media is discarded, whereas media
 * without a sidecar would take up the disk for good.
 */
final class AdoptedFiles {
  /** The records of a complete film. */
  private static final int RECORDS = 3;

  private AdoptedFiles() {}

  /**
   * @param place where the media belongs; its name is not taken
   * @param block describes the generation
   * @throws IOException if the file cannot have a second name here, or is not as it was found;
   *     nothing is left behind
   */
  static TitleFiles make(Semaphore writerLock, MediaPlace place, SidecarBlock block, OldFile old)
      throws IOException {
    StoreParts parts = place.parts();
    if (!parts.abilities().sparse() || !parts.abilities().hardLinks()) {
      throw new IOException("the file system has no hard links");
    }
    Path draft =
        parts.layout().trashed(new TitleKey(block.key()), block.generation(), Layout.MEDIA);
    parts.disk().link(old.path(), draft);
    boolean isMade = false;
    try {
      check(parts, draft, old.length());
      ByteBuffer records = records(parts, block, old.length());
      ReopeningFile sidecar = sidecar(parts, block, records);
      TitleFiles files = take(writerLock, place, block, sidecar, draft);
      isMade = true;
      return files;
    } finally {
      if (!isMade) {
        parts.disk().delete(draft);
      }
    }
  }

  /** Examines the file under its second name, which nobody else replaces. */
  private static void check(StoreParts parts, Path draft, long length) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(draft, BasicFileAttributes.class, NOFOLLOW_LINKS);
    if (!found.isRegularFile() || found.size() != length) {
      throw new IOException("the file has just changed");
    }
    RangeSet all = RangeSet.of(new ByteRange(0, length));
    if (!Losses.of(draft, length, all, all, parts.abilities()).isEmpty()) {
      // They could be lost bytes; and to fetch them again would write into the old file.
      throw new IOException("the file has holes");
    }
  }

  /** Makes the name of the sidecar durable, and then the draft the media. */
  private static TitleFiles take(
      Semaphore writerLock, MediaPlace place, SidecarBlock block, ReopeningFile sidecar, Path draft)
      throws IOException {
    boolean isMade = false;
    try {
      place.parts().shards().sync();
      sidecar.syncName();
      SidecarJournal journal =
          new SidecarJournal(
              writerLock,
              block.generationTag(),
              place.parts().bootTag(),
              RECORDS,
              sidecar,
              SidecarBlock.BYTES + (long) RECORDS * JournalRecord.BYTES);
      TitleFiles files = new TitleFiles(place.name(), place.take(draft), journal);
      isMade = true;
      return files;
    } finally {
      if (!isMade) {
        sidecar.close();
        place.parts().disk().delete(sidecar.path());
      }
    }
  }

  /** The journal of a film of which every byte is present and durable. */
  private static ByteBuffer records(StoreParts parts, SidecarBlock block, long length) {
    ByteBuffer records = ByteBuffer.allocate(RECORDS * JournalRecord.BYTES);
    Stream.of(
            record(parts, block, JournalRecord.Type.WRITTEN, 1, 0, length),
            record(parts, block, JournalRecord.Type.DURABLE, 2, /* start= */ 1, 0),
            record(parts, block, JournalRecord.Type.COMPLETE, 3, block.begun(), 0))
        .forEach(record -> record.encode(records));
    return records.flip();
  }

  private static JournalRecord record(
      StoreParts parts,
      SidecarBlock block,
      JournalRecord.Type type,
      int sequence,
      long start,
      long length) {
    return new JournalRecord(
        type, block.generationTag(), sequence, start, length, /* dataCrc= */ 0, parts.bootTag());
  }

  /** Writes the sidecar and makes its bytes durable, but not its name. */
  private static ReopeningFile sidecar(StoreParts parts, SidecarBlock block, ByteBuffer records)
      throws IOException {
    Path place = parts.layout().sidecar(new TitleKey(block.key()));
    if (Files.exists(place, NOFOLLOW_LINKS)) {
      throw new IOException("another file has the name of the sidecar");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(SidecarBlock.BYTES + records.remaining())
            .put(block.encode())
            .put(records.duplicate())
            .flip();
    ReopeningFile sidecar = ReopeningFile.draft(parts.disk(), AtomicFile.draftOf(place), bytes);
    sidecar.syncAndMove(place);
    return sidecar;
  }
}
