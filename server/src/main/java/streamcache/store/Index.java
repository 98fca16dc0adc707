package streamcache.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import streamcache.durable.Disk;
import streamcache.link.TitleKey;

/**
 * What is known about all titles without reading their sidecars: an accelerator, and the record of
 * access times. Losing it costs time, never a byte, so that no failure matters except that of
 * {@link #save}. Owned by the store and used by one thread at a time, except {@link #uses}, {@link
 * #use} and {@link #label}; blocks on the disk.
 */
final class Index {

  private static final String SNAPSHOT = "index.snap";
  private static final String LOG = "index.log";
  private static final String NAMES = "index.names";
  private static final String MEDIA = "media";
  private static final String SIDECAR = ".st";

  /**
   * An opened index.
   *
   * @param reread titles whose sidecars have to be read, since the index lacks them or may be wrong
   *     about them; the latter stay in the index meanwhile
   * @param lost titles that the index lists and that have no sidecar: their files may still exist
   * @param clean whether the last process closed the index; if not, the sets above may lack titles
   *     changed shortly before a power cut
   */
  record Opened(Index index, Set<TitleKey> reread, Set<TitleKey> lost, boolean clean) {}

  /**
   * Keyed by the text of the key: building 200,000 keys from file names costs more than reading
   * them. Read by any thread.
   */
  private final Map<String, TitleUse> uses;

  private final Disk disk;
  private final Path folder;

  /** Null after a disk error, until the next snapshot: the index is then in memory only. */
  private @Nullable IndexLog log;

  /** Whether the file of the names lacks some, or has earlier ones. */
  private volatile boolean areNamesNew;

  private Index(Disk disk, Path folder, Map<String, TitleUse> uses) {
    this.disk = disk;
    this.folder = folder;
    this.uses = uses;
  }

  /**
   * @param folder the cache folder; its sidecars are at {@code media/??/<key>.st}
   */
  static Opened open(Disk disk, Path folder) {
    Map<String, TitleUse> uses = new ConcurrentHashMap<>();
    for (TitleUse use : IndexSnapshot.read(folder.resolve(SNAPSHOT))) {
      uses.put(use.key().value(), use);
    }
    Path logFile = folder.resolve(LOG);
    boolean clean = !IndexLog.exists(logFile);
    Set<TitleKey> reread = new HashSet<>();
    Set<TitleKey> lost = new HashSet<>();
    int valid = 0;
    for (IndexRecord record : IndexLog.read(logFile)) {
      replay(record, uses, reread, lost);
      valid++;
    }
    match(folder.resolve(MEDIA), uses, reread, lost);
    IndexNames.read(
        folder.resolve(NAMES),
        (key, label) -> uses.computeIfPresent(key, (_, use) -> use.labeled(label)));
    Index index = new Index(disk, folder, uses);
    index.startLog(valid);
    return new Opened(index, reread, lost, clean);
  }

  /** All titles; a view that may show or miss what changes meanwhile. */
  Collection<TitleUse> uses() {
    return Collections.unmodifiableCollection(uses.values());
  }

  Optional<TitleUse> use(TitleKey key) {
    return Optional.ofNullable(uses.get(key.value()));
  }

  /**
   * Records the current state of a title. Called soon after its sidecar changes for the first time
   * since a snapshot, so that the title is read again after an unclean stop.
   */
  void touch(TitleUse use) {
    TitleUse before = uses.put(use.key().value(), use);
    if (before == null || !before.label().equals(use.label())) {
      areNamesNew = true;
    }
    append(new IndexRecord(use, false));
  }

  /** Names a title that has no name yet; one that was noted meanwhile stays. Does not block. */
  void label(TitleKey key, TitleLabel label) {
    uses.computeIfPresent(
        key.value(), (_, use) -> use.label().isKnown() ? use : use.labeled(label));
    areNamesNew = true;
  }

  /** Removes a title that is gone from the disk. */
  void forget(TitleKey key) {
    if (uses.remove(key.value()) != null) {
      append(IndexRecord.gone(key));
    }
  }

  /**
   * Writes all entries as a new snapshot and empties the log.
   *
   * @throws IOException if that fails; the old snapshot and the log still hold everything
   */
  void save() throws IOException {
    IndexSnapshot.write(disk, folder.resolve(SNAPSHOT), uses.values());
    if (log == null) {
      startLog(0);
    } else {
      log.restart();
    }
    saveNames();
  }

  /** Where that fails, the names are read from the sidecars after the next start. */
  private void saveNames() {
    if (!areNamesNew) {
      return;
    }
    areNamesNew = false;
    try {
      IndexNames.write(disk, folder.resolve(NAMES), uses.values());
    } catch (IOException e) {
      areNamesNew = true;
    }
  }

  /** Saves the index and marks the stop as clean; if saving fails, the stop is unclean. */
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

  /** Closes the files without saving, as a crash would. */
  void abandon() throws IOException {
    IndexLog open = log;
    if (open != null) {
      log = null;
      open.close();
    }
  }

  private static void replay(
      IndexRecord record, Map<String, TitleUse> uses, Set<TitleKey> reread, Set<TitleKey> lost) {
    TitleKey key = record.use().key();
    if (record.gone()) {
      uses.remove(key.value());
      reread.remove(key);
      lost.add(key);
      return;
    }
    uses.put(key.value(), record.use());
    reread.add(key);
  }

  /** The names of the sidecars decide which titles exist. */
  private static void match(
      Path media, Map<String, TitleUse> uses, Set<TitleKey> reread, Set<TitleKey> lost) {
    Set<String> found = new HashSet<>(Math.max(16, 2 * uses.size()));
    if (!list(media, found)) {
      return; // Unreadable for now: the known titles may still be there.
    }
    for (TitleUse use : uses.values()) {
      if (!found.contains(use.key().value())) {
        lost.add(use.key());
      }
    }
    uses.keySet().retainAll(found);
    reread.removeIf(key -> !found.contains(key.value()));
    for (String name : found) {
      if (!uses.containsKey(name)) {
        key(name).ifPresent(reread::add);
      }
    }
  }

  /** Adds the keys of all sidecars; false if some could not be listed. */
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
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !listShard(folder, found)) {
        return false;
      }
    }
    return true;
  }

  /** Uses File, which returns bare names: a Path for each of a million costs seconds. */
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
      log = IndexLog.open(disk, folder.resolve(LOG), valid);
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
      // A torn record would hide all later ones: write no more until the next snapshot.
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
