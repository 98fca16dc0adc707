package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamcache.durable.AtomicFile;
import streamcache.durable.FileSystemProbe;

/**
 * Checks that a folder may be used as the cache: it is empty, or it is ours, as the file STORE
 * shows. A folder with foreign files is refused before anything is created in it. Runs at the
 * start, on the starting thread; blocks on the disk and changes nothing.
 */
final class Ownership {

  /** Names that systems, file servers and synchronization tools create in every folder. */
  private static final Pattern OF_THE_SYSTEM =
      Pattern.compile(
          "(?i)lost\\+found|\\.trash(es|-.*)?|\\.fuse_hidden.*|\\.nfs.*|\\.snapshots?|~snapshot|\\.zfs"
              + "|\\.snap|\\.sujournal|aquota\\.(user|group)|quota\\.(user|group)|\\.directory"
              + "|\\.ds_store|\\._.*|\\.spotlight-v100|\\.fseventsd|\\.temporaryitems|\\.apdisk"
              + "|\\.documentrevisions-v100|\\.volumeicon\\.icns|\\.apple(double|db|desktop)"
              + "|network trash folder|temporary items"
              + "|system volume information|\\$recycle\\.bin|recycler|thumbs\\.db|desktop\\.ini"
              + "|@eadir|#recycle|#snapshot|@recycle|@recently-snapshot|\\.@__thumb|\\.@upload_cache"
              + "|\\.stfolder.*|\\.stversions|\\.stignore");

  /** All names at the root of a cache, whichever package creates them. */
  private static final Set<String> OURS =
      Set.of(
          ("LOCK STORE STORE.tmp media kept trash outbox index.snap index.snap.tmp index.log"
                  + " index.names index.names.tmp PROVIDERS PROVIDERS.tmp PINS PINS.tmp timeline history")
              .split(" "));

  /** The operator may keep the settings in the same folder, with keys from before STORE. */
  private static final Set<String> CONFIGURATION =
      Set.of("streamcache.conf", "secret.key", "admin.token", "api.keys");

  private final Layout layout;

  private Ownership(Layout layout) {
    this.layout = layout;
  }

  /**
   * @throws StoreException NOT_OURS, with a message that says what to do, or TOO_NEW
   */
  static void check(Layout layout) throws IOException {
    new Ownership(layout).check();
  }

  private void check() throws IOException {
    List<Path> entries = entries(layout.root());
    if (entries.contains(layout.storeFile())) {
      if (StoreFile.read(layout).isEmpty()) {
        checkDamaged(entries);
      }
      return;
    }
    if (isOldCache()) {
      throw new StoreException(
          StoreException.Cause.NOT_OURS,
          "The cache folder %s holds the cache of the nginx version, of which nothing was changed."
                  .formatted(layout.root())
              + " Set CACHE_DIR to a new folder, such as %s, and ADOPT_FROM to %s: its finished"
                  .formatted(layout.root().resolve("v2"), layout.root())
              + " titles are then played from there (docs/migrating.md).",
          null);
    }
    for (Path entry : entries) {
      if (!isLeftByFirstStart(entry)) {
        throw refusal(
            "is not empty and is not a Streamcache cache: it contains \"%s\", but no STORE file."
                + " Set CACHE_DIR to an empty folder, or to a new one inside it. If it is a cache"
                + " whose STORE file was lost, create an empty file named STORE in it.",
            entry);
      }
    }
  }

  /** The nginx version creates these folders, the last at its first download. */
  private boolean isOldCache() {
    return hasFolder("files") && (hasFolder("meta") || hasFolder("tmp"));
  }

  private boolean hasFolder(String name) {
    return Files.isDirectory(layout.root().resolve(name), NOFOLLOW_LINKS);
  }

  /** An unreadable STORE alone does not make a folder ours. */
  private void checkDamaged(List<Path> entries) throws IOException {
    for (Path entry : entries) {
      boolean isStore = entry.equals(layout.storeFile());
      if (isStore ? !StoreFile.mayBeOurs(layout) : !isOfACache(entry)) {
        throw refusal(
            "has an unreadable STORE file and contains \"%s\", which Streamcache did not create."
                + " Set CACHE_DIR to an empty folder, or move out everything that does not belong"
                + " to the cache.",
            entry);
      }
    }
  }

  private StoreException refusal(String sentence, Path entry) {
    return new StoreException(
        StoreException.Cause.NOT_OURS,
        "The cache folder %s ".formatted(layout.root()) + sentence.formatted(entry.getFileName()),
        null);
  }

  private static boolean isOfACache(Path entry) {
    String name = entry.getFileName().toString();
    return OURS.contains(name) || CONFIGURATION.contains(name) || FileSystemProbe.mayBeOurs(entry);
  }

  /**
   * Before STORE exists, all that the store created is empty, except drafts of STORE and probes.
   */
  private boolean isLeftByFirstStart(Path entry) throws IOException {
    if (layout.folders().contains(entry)) {
      return Files.isDirectory(entry, NOFOLLOW_LINKS) && entries(entry).isEmpty();
    }
    if (!Files.isRegularFile(entry, NOFOLLOW_LINKS)) {
      return false;
    }
    return entry.equals(layout.lockFile())
        ? Files.size(entry) == 0
        : entry.equals(AtomicFile.draftOf(layout.storeFile()))
            || CONFIGURATION.contains(entry.getFileName().toString())
            || FileSystemProbe.mayBeOurs(entry);
  }

  /** The entries that the system did not create by itself. */
  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(entry -> !OF_THE_SYSTEM.matcher(entry.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }
}
