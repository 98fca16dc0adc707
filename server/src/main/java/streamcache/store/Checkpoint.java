package streamcache.store;

import java.io.IOException;

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
      sync(generation.presence(), files);
      if (generation.isComplete() && !generation.isSuperseded()) {
        Compaction.seal(generation, files);
      }
      return true;
    } catch (IOException e) {
      StoreException _ = generation.parts().health().failed(e);
      return false;
    }
  }

  private static void sync(Presence presence, Generation.Files files) throws IOException {
    Presence.Unsynced taken = presence.takeUnsynced().orElse(null);
    if (taken == null) {
      return;
    }
    boolean synced = false;
    try {
      files.journal().flushAll();
      files.media().sync();
      presence.queueDurable(taken.sequence());
      files.journal().flushAll();
      files.journal().sync();
      synced = true;
    } finally {
      if (!synced) {
        presence.giveBack(taken);
      }
    }
  }
}
