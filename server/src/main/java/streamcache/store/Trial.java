package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * What of a journal holds against the bytes on disk. Suspects are checked, at most so many bytes
 * that a title opens in a moment; whatever is not checked, does not match or lies behind the end of
 * the file is refused.
 *
 * @param present what may be served
 * @param doubtful the part of it that no record calls durable
 * @param refused what the journal speaks of and is not present
 */
record Trial(RangeSet present, RangeSet doubtful, RangeSet refused) {

  /** A checkpoint comes every 256 MiB; what is written while it runs comes on top. */
  static final long MOST_CHECKED = Chores.CHECKPOINT_BYTES + (64L << 20);

  private static final int CHUNK = 1 << 20;

  static Trial of(Replay replay, FileChannel media) throws IOException {
    ByteRange behindEnd = new ByteRange(media.size(), Long.MAX_VALUE);
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
    present = present.minus(behindEnd);
    return new Trial(present, present.minus(replay.durable()), claimed.minus(present));
  }

  private static boolean matches(FileChannel media, Replay.Suspect suspect) throws IOException {
    if (suspect.crc().isEmpty()) {
      return false;
    }
    CRC32C crc = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long end = suspect.range().end();
    for (long at = suspect.range().start(); at < end; ) {
      chunk.clear().limit((int) Math.min(CHUNK, end - at));
      int read = media.read(chunk, at);
      if (read <= 0) {
        return false;
      }
      at += read;
      crc.update(chunk.flip());
    }
    return (int) crc.getValue() == suspect.crc().getAsInt();
  }
}
