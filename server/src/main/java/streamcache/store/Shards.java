package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import streamcache.durable.Disk;
import streamcache.link.TitleKey;

/**
 * The folders that hold the titles. The name of a new folder is made durable with the first
 * checkpoint of a title: an immediate sync would make a player wait for the disk before the first
 * byte. Safe from any thread; blocks on the disk.
 */
final class Shards {
  private final Disk disk;
  private final Layout layout;

  /** True at the start too: the previous process may have been killed before the sync. */
  private final AtomicBoolean unsynced = new AtomicBoolean(true);

  Shards(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** Returns the folder of a title, creating it if necessary. */
  Path of(TitleKey key) throws IOException {
    Path shard = layout.shard(key);
    if (Files.isDirectory(shard, NOFOLLOW_LINKS)) {
      return shard;
    }
    try {
      disk.makeFolder(shard);
      unsynced.set(true);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(shard, NOFOLLOW_LINKS)) {
        throw e; // A foreign link or file.
      }
      // Another title of the shard was first.
    }
    return shard;
  }

  /** Makes the names of all folders created so far survive a power cut. */
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
