package streamcache.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;

/**
 * What is known of all titles without reading their sidecars: an accelerator and the keeper of
 * access times. Losing it costs time, never a byte, so that nothing here is fatal but a failing
 * {@link #save}. Owned by the store and used by one thread at a time; blocks on the disk.
 */
final class Index {

  private static final String SNAPSHOT = "index.snap";
  private static final String LOG = "index.log";
  private static final String MEDIA = "media";
  private static final String SIDECAR = ".st";

  /**
   * An opened index.
   *
   * @param reread titles whose sidecars have to be read, since the index does not know them or may
   *     know them wrongly; those of the latter are in the index meanwhile
   * @param clean whether the last run closed it; after a power cut the list above may lack titles
   *     touched shortly before
   */
  record Opened(Index index, Set<TitleKey> reread, boolean clean) {}

  /** By the text of the key: building 200,000 keys from file names costs more than reading them. */
  private final Map<String, TitleUse> uses;

  private final Path folder;

  /** Null after trouble with the disk, until the next snapshot: the index then lives in memory. */
  private @Nullable IndexLog log;

  private Index(Path folder, Map<String, TitleUse> uses) {
    this.folder = folder;
    this.uses = uses;
  }

  /**
   * @param folder of the cache; its sidecars lie at {@code media/??/<key>.st}
   */
  static Opened open(Path folder) {
    Map<String, TitleUse> uses = new HashMap<>();
    for (TitleUse use : IndexSnapshot.read(folder.resolve(SNAPSHOT))) {
      uses.put(use.key().value(), use);
    }
    Path logFile = folder.resolve(LOG);
    boolean clean = !IndexLog.exists(logFile);
    Set<TitleKey> reread = new HashSet<>();
    int valid = 0;
    for (IndexRecord record : IndexLog.read(logFile)) {
      replay(record, uses, reread);
      valid++;
    }
    match(folder.resolve(MEDIA), uses, reread);
    Index index = new Index(folder, uses);
    index.startLog(valid);
    return new Opened(index, reread, clean);
  }

  /** All titles; a view, not to be kept over a change. */
  Collection<TitleUse> uses() {
    return Collections.unmodifiableCollection(uses.values());
  }

  Optional<TitleUse> use(TitleKey key) {
    return Optional.ofNullable(uses.get(key.value()));
  }

  /**
   * Notes the present state of a title. Called at the latest when its sidecar changes for the first
   * time after a snapshot, so that an unclean stop makes it one of those to read again.
   */
  void touch(TitleUse use) {
    uses.put(use.key().value(), use);
    append(new IndexRecord(use, false));
  }

  /** The title is gone from the disk. */
  void forget(TitleKey key) {
    if (uses.remove(key.value()) != null) {
      append(IndexRecord.gone(key));
    }
  }

  /**
   * Writes all that is known as a new snapshot and starts the log afresh.
   *
   * @throws IOException the old snapshot and the log still hold everything
   */
  void save() throws IOException {
    IndexSnapshot.write(folder.resolve(SNAPSHOT), uses.values());
    if (log == null) {
      startLog(0);
    } else {
      log.restart();
    }
  }

  /** Saves and marks the stop as clean; where that fails it is an unclean one. */
  void close() throws IOException {
    try {
      save();
    } catch (IOException e) {
      abandon();
      throw e;
    }
    IndexLog open = log;
    if (open != null) {
      log = null;
      open.delete();
    }
  }

  /** Lets go of the files without saving, as a crash would. */
  void abandon() throws IOException {
    IndexLog open = log;
    if (open != null) {
      log = null;
      open.close();
    }
  }

  private static void replay(IndexRecord record, Map<String, TitleUse> uses, Set<TitleKey> reread) {
    TitleKey key = record.use().key();
    if (record.gone()) {
      uses.remove(key.value());
      reread.remove(key);
      return;
    }
    uses.put(key.value(), record.use());
    reread.add(key);
  }

  /** The names of the sidecars decide which titles exist. */
  private static void match(Path media, Map<String, TitleUse> uses, Set<TitleKey> reread) {
    Set<String> found = new HashSet<>(Math.max(16, 2 * uses.size()));
    if (!list(media, found)) {
      return; // Unreadable for now: what is known may still be there.
    }
    uses.keySet().retainAll(found);
    reread.removeIf(key -> !found.contains(key.value()));
    for (String name : found) {
      if (!uses.containsKey(name)) {
        key(name).ifPresent(reread::add);
      }
    }
  }

  /** Adds the keys of all sidecars; false when some could not be listed. */
  private static boolean list(Path media, Set<String> found) {
    if (Files.notExists(media)) {
      return true;
    }
    String[] shards = media.toFile().list();
    if (shards == null) {
      return false;
    }
    for (String shard : shards) {
      Path folder = media.resolve(shard);
      if (Files.isDirectory(folder) && !listShard(folder, found)) {
        return false;
      }
    }
    return true;
  }

  /** Through File, which gives bare names: a Path for each of a million costs seconds. */
  private static boolean listShard(Path shard, Set<String> found) {
    String[] names = shard.toFile().list();
    if (names == null) {
      return false;
    }
    for (String name : names) {
      if (name.endsWith(SIDECAR)) {
        found.add(name.substring(0, name.length() - SIDECAR.length()));
      }
    }
    return true;
  }

  private static Optional<TitleKey> key(String name) {
    try {
      return Optional.of(new TitleKey(name));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  private void startLog(int valid) {
    try {
      log = IndexLog.open(folder.resolve(LOG), valid);
    } catch (IOException e) {
      log = null;
    }
  }

  private void append(IndexRecord record) {
    IndexLog open = log;
    if (open == null) {
      return;
    }
    try {
      open.append(record);
    } catch (IOException e) {
      // A torn record would hide all behind it: write no more until the next snapshot.
      log = null;
      closeQuietly(open);
    }
  }

  private static void closeQuietly(IndexLog log) {
    try {
      log.close();
    } catch (IOException e) {
      return; // The log is an accelerator; its loss shows as an unclean stop.
    }
  }
}
