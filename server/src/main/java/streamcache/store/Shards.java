package streamcache.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import streamcache.link.TitleKey;

/**
 * The folders that titles lie in. Their names are made durable with the first title in them that
 * is: a sync at once would make a player wait for the disk before the first byte. Safe from any
 * thread; blocks on the disk.
 */
final class Shards {
  private final Disk disk;
  private final Layout layout;

  /** Also at the start: the run before may have been killed in between. */
  private final AtomicBoolean unsynced = new AtomicBoolean(true);

  Shards(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** The folder for a title; it is there when this returns. */
  Path of(TitleKey key) throws IOException {
    Path shard = layout.shard(key);
    if (Files.isDirectory(shard)) {
      return shard;
    }
    try {
      disk.makeFolder(shard);
      unsynced.set(true);
    } catch (FileAlreadyExistsException _) {
      // Another title of the shard was first.
    }
    return shard;
  }

  /** Makes the names of all that were made so far survive a power cut. */
  void sync() throws IOException {
    if (!unsynced.getAndSet(false)) {
      return;
    }
    boolean synced = false;
    try {
      disk.syncFolder(layout.media());
      synced = true;
    } finally {
      if (!synced) {
        unsynced.set(true);
      }
    }
  }
}
