package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The result of checking a journal against the bytes on disk. Suspects are compared with their
 * checksums, up to a number of bytes that lets a title open quickly; a range that is not checked,
 * does not match or is gone from its file is refused.
 *
 * @param present ranges that may be served
 * @param doubtful the part of {@code present} that no DURABLE record covers
 * @param refused ranges that the journal records and that are not present
 */
record RecoveryCheck(RangeSet present, RangeSet doubtful, RangeSet refused) {

  /** Most bytes checked: a checkpoint comes every 256 MiB, and more is written while it runs. */
  static final long MOST_CHECKED = MaintenanceThreads.CHECKPOINT_BYTES + (64L << 20);

  private static final int PART = 1 << 20;

  static RecoveryCheck of(Replay replay, Media media) throws IOException {
    RangeSet claimed = replay.durable().plus(replay.recent());
    RangeSet present = claimed;
    long checked = 0;
    for (Replay.Suspect suspect : replay.suspects()) {
      ByteRange range = suspect.range();
      claimed = claimed.plus(range);
      checked += range.length();
      boolean holds = checked <= MOST_CHECKED && matches(media, suspect);
      present = holds ? present.plus(range) : present.minus(range);
    }
    present = present.minus(media.missing(present, replay.durable().intersect(present)));
    return new RecoveryCheck(present, present.minus(replay.durable()), claimed.minus(present));
  }

  private static boolean matches(Media media, Replay.Suspect suspect) throws IOException {
    if (suspect.crc().isEmpty()) {
      return false;
    }
    CRC32C crc = new CRC32C();
    ByteBuffer part = ByteBuffer.allocate(PART);
    long end = suspect.range().end();
    try (Media.View view = media.view()) {
      for (long at = suspect.range().start(); at < end; at += part.limit()) {
        Optional<Extent> extent = view.extent(at, Math.min(end, at + PART));
        if (extent.isEmpty() || read(extent.get(), part.clear()) <= 0) {
          return false;
        }
        crc.update(part.flip());
      }
    }
    return (int) crc.getValue() == suspect.crc().getAsInt();
  }

  private static int read(Extent extent, ByteBuffer into) throws IOException {
    into.limit((int) extent.length());
    return extent.file().read(into, extent.from());
  }
}
