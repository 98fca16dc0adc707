package streamcache.store;

import java.io.IOException;
import streamcache.range.RangeSet;

/**
 * Makes a generation survive a power cut: data first, then the record that says so, then the
 * sidecar. On the keeper thread, and once more when the store closes.
 */
final class Checkpoint {
  private Checkpoint() {}

  /** Whether all that was written when this was called is durable now. */
  static boolean run(Generation generation) {
    Generation.Files files = generation.files().orElse(null);
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

  private static void sync(Generation generation, Generation.Files files) throws IOException {
    Presence presence = generation.presence();
    Unsynced taken = presence.takeUnsynced().orElse(null);
    if (taken == null) {
      return;
    }
    boolean durable = false;
    try {
      files.journal().flushAll();
      syncMedia(generation, files, taken);
      // The record must not be found beside the file that had the name before.
      files.media().syncNames();
      files.journal().syncName();
      generation.parts().shards().sync();
      presence.queueDurable(taken.sequence());
      files.journal().flushAll();
      files.journal().sync();
      durable = true;
    } finally {
      if (!durable) {
        presence.giveBack(taken);
      }
    }
  }

  private static void syncMedia(Generation generation, Generation.Files files, Unsynced taken)
      throws IOException {
    try {
      files.media().sync(taken.bytes());
    } catch (IOException e) {
      RangeSet lost = generation.presence().lose(taken);
      files.journal().flushAll();
      generation.parts().distrust(generation.title().key(), lost.size(), "the disk failed");
      throw e;
    }
  }
}
