package streamcache.store;

import java.io.IOException;
import java.nio.file.Path;
import streamcache.durable.FileSystemAbilities;
import streamcache.durable.NativeFiles;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * Finds bytes that were written to a file and are no longer there: the file was truncated, or
 * somebody made a hole in it. Fewer allocated blocks are only a reason to look, since some file
 * systems compress or report late. A hole is proof if written zeros leave none and the bytes were
 * synced.
 */
final class Losses {
  private Losses() {}

  /**
   * @param size size of the file
   * @param present bytes that were written
   * @param durable the part of {@code present} that was also synced
   */
  static RangeSet of(
      Path file, long size, RangeSet present, RangeSet durable, FileSystemAbilities abilities)
      throws IOException {
    RangeSet lost = present.intersect(RangeSet.of(new ByteRange(size, Long.MAX_VALUE)));
    if (!abilities.exact()) {
      return lost;
    }
    RangeSet wanted = durable.minus(lost);
    long allocated = NativeFiles.system().allocated(file).orElse(Long.MAX_VALUE);
    return allocated < wanted.allocated(Accounts.BLOCK)
        ? lost.plus(wanted.intersect(NativeFiles.system().holes(file)))
        : lost;
  }
}
