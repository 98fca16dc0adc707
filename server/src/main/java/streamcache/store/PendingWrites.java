package streamcache.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import streamcache.range.ByteRange;

/**
 * Bytes that were written and are not yet in the journal: runs of contiguous bytes with a running
 * checksum, one for each writer, keyed by their end. Guarded by the generation's lock.
 */
final class PendingWrites {

  /** One run; used only by the thread that removed it. */
  static final class Run {
    private final long start;
    private final long since;
    private final CRC32C crc = new CRC32C();
    private long end;

    Run(long start, long since) {
      this.start = start;
      this.end = start;
      this.since = since;
    }

    void add(ByteBuffer data) {
      end += data.remaining();
      crc.update(data);
    }

    ByteRange range() {
      return new ByteRange(start, end);
    }

    int crc() {
      return (int) crc.getValue();
    }

    long since() {
      return since;
    }
  }

  private final Map<Long, Run> byEnd = new HashMap<>();

  /** Removes and returns the run that ends at {@code offset}, or begins one there. */
  Run take(long offset, long now) {
    Run run = byEnd.remove(offset);
    return run == null ? new Run(offset, now) : run;
  }

  void put(Run run) {
    if (!run.range().isEmpty()) {
      byEnd.put(run.end, run);
    }
  }

  /** Removes and returns all runs. */
  List<Run> drain() {
    List<Run> runs = new ArrayList<>(byEnd.values());
    byEnd.clear();
    return runs;
  }

  boolean isEmpty() {
    return byEnd.isEmpty();
  }
}
