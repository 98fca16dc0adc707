package streamcache.store;

import java.io.IOException;
import streamcache.range.RangeSet;

/**
 * Makes a generation survive a power cut: syncs the data, then appends the record that says so,
 * then syncs the sidecar. On the keeper thread, and once more when the store closes.
 */
final class Checkpoint {
  private Checkpoint() {}

  /** Runs a checkpoint; returns whether everything written before the call is now durable. */
  static boolean run(Generation generation) {
    TitleFiles files = generation.files().orElse(null);
    if (files == null) {
      return false;
    }
    try {
      sync(generation, files);
      Compaction.run(generation, files);
      return true;
    } catch (IOException e) {
      StoreException _ = generation.parts().health().failed(e);
      return false;
    }
  }

  private static void sync(Generation generation, TitleFiles files) throws IOException {
    RangeTracker tracker = generation.presence();
    Unsynced taken = tracker.takeUnsynced().orElse(null);
    if (taken == null) {
      return;
    }
    boolean durable = false;
    try {
      files.journal().flushAll();
      syncMedia(generation, files, taken);
      // The record must not be found next to an earlier file of the same name.
      files.media().syncNames();
      files.journal().syncName();
      generation.parts().shards().sync();
      tracker.queue(journal -> journal.durable(taken.sequence()));
      files.journal().flushAll();
      files.journal().sync();
      durable = true;
    } finally {
      if (!durable) {
        tracker.giveBack(taken);
      }
    }
  }

  private static void syncMedia(Generation generation, TitleFiles files, Unsynced taken)
      throws IOException {
    try {
      files.media().sync(taken.bytes());
    } catch (IOException e) {
      RangeSet lost = generation.presence().lose(taken);
      files.journal().flushAll();
      generation.parts().invalidate(generation.title().key(), lost.size(), "the disk failed");
      throw e;
    }
  }
}
