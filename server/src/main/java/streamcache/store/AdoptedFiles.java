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
  private AdoptedFiles() {}

  /**
   * What the new names are for.
   *
   * @param draft in the trash
   */
  record Destination(Path draft, MediaPlace place, SidecarBlock block, Semaphore writerLock) {}

  /**
   * @throws IOException if the file cannot have a second name here, or is not as it was found;
   *     nothing is left behind
   */
  static TitleFiles make(StoreParts parts, OldFile old, Destination to) throws IOException {
    if (!parts.abilities().sparse() || !parts.abilities().hardLinks()) {
      throw new IOException("the file system has no hard links");
    }
    parts.disk().link(old.path(), to.draft());
    boolean isMade = false;
    try {
      check(parts, to.draft(), old.length());
      TitleFiles files = make(parts, old.length(), to);
      isMade = true;
      return files;
    } finally {
      if (!isMade) {
        parts.disk().delete(to.draft());
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

  private static TitleFiles make(StoreParts parts, long length, Destination to) throws IOException {
    SidecarBlock block = to.block();
    ByteBuffer records = records(parts, block, length);
    ReopeningFile sidecar = sidecar(parts, block, records);
    boolean isMade = false;
    try {
      parts.shards().sync();
      sidecar.syncName();
      MediaFile media = to.place().take(to.draft());
      SidecarJournal journal =
          new SidecarJournal(
              to.writerLock(),
              block.generationTag(),
              parts.bootTag(),
              /* sequence= */ records.limit() / JournalRecord.BYTES,
              sidecar,
              SidecarBlock.BYTES + records.limit());
      isMade = true;
      return new TitleFiles(to.place().name(), media, journal);
    } finally {
      if (!isMade) {
        sidecar.close();
        parts.disk().delete(sidecar.path());
      }
    }
  }

  /** The journal of a film of which every byte is present and durable. */
  private static ByteBuffer records(StoreParts parts, SidecarBlock block, long length) {
    ByteBuffer records = ByteBuffer.allocate(3 * JournalRecord.BYTES);
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
