package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;

/**
 * Deletes what an unclean stop left behind: the trash, drafts, and media files that no sidecar
 * names. Considers only files older than this start. On the store's scan thread.
 *
 * <p>Nothing is deleted for its name alone. In the trash and among drafts, a name contains a whole
 * key, and the file begins like one of ours or has one of our random numbers in its name. A media
 * file is deleted if a sidecar in the trash names it: a sidecar is moved or copied there before a
 * film loses its own. If that sidecar cannot be read, or an earlier version has used the folder, a
 * file of ours that refers to the key in the name is enough. Symbolic links are never followed or
 * deleted: the store creates none.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final Pattern SHARD = Pattern.compile("[a-z2-7]{2}");
  private static final Pattern SIDECAR = Pattern.compile("([a-z2-7]{26})\\.st");
  private static final Pattern DRAFT = Pattern.compile("([a-z2-7]{26})\\.st\\.tmp");

  /** A film's name, its brief key, its extension, and the suffix of its form. */
  private static final Pattern MEDIA =
      Pattern.compile("(.* \\[([a-z2-7]{8})]\\.([a-z0-9]+))(\\.part|\\.chunks)?");

  private static final Pattern TRASHED =
      Pattern.compile("[a-z2-7]{26}\\.[0-9a-f]{16}\\.media|\\.(start|probe)-[0-9a-f]{16}");

  /** Without the number if written by an earlier version. */
  private static final Pattern TRASHED_SIDECAR =
      Pattern.compile("([a-z2-7]{26})(\\.[0-9a-f]{16})?\\.st");

  /** Names that earlier versions gave superseded files in the trash, and their probes. */
  private static final Pattern TRASHED_EARLIER = Pattern.compile("[0-9a-f]{16}|\\.start|\\.probe");

  private final StoreParts parts;
  private final Function<TitleKey, Title> opener;
  private final Set<TitleKey> lost;
  private final boolean hasEarlierNames;
  private final FileTime before;
  private final List<Path> trash;

  /**
   * Called before the store is used: files that enter the trash later may be in use.
   *
   * @param lost titles without a sidecar that the index lists
   * @param hasEarlierNames whether an earlier version may have used the trash last
   */
  Sweep(
      StoreParts parts,
      Function<TitleKey, Title> opener,
      Set<TitleKey> lost,
      boolean hasEarlierNames) {
    this.parts = parts;
    this.opener = opener;
    this.lost = lost;
    this.hasEarlierNames = hasEarlierNames;
    this.trash = list(parts.layout().trash()).stream().filter(this::isOurTrash).toList();
    this.before = now(parts.layout().trash().resolve(".start-" + GenerationId.random()));
  }

  /** Whether the trash holds a sidecar, whose media file may still exist. */
  boolean foundSidecar() {
    return trash.stream().anyMatch(file -> file.toString().endsWith(Layout.SIDECAR));
  }

  void emptyTrash() {
    trash.forEach(this::delete);
  }

  /** Deletes orphaned media and drafts; reads the first block of every sidecar. */
  void deleteOrphans() {
    Set<String> names = new HashSet<>();
    Set<String> briefs = new HashSet<>();
    for (Path file : trash) {
      Optional<TitleKey> key = key(TRASHED_SIDECAR, file);
      if (key.isPresent() && !readName(file, names)) {
        briefs.add(key.get().brief());
      }
    }
    if (hasEarlierNames) {
      lost.forEach(key -> briefs.add(key.brief()));
    }
    for (Path shard : list(parts.layout().media())) {
      if (SHARD.matcher(name(shard)).matches() && Files.isDirectory(shard, NOFOLLOW_LINKS)) {
        deleteOrphans(shard, names, new HashSet<>(briefs));
      }
    }
  }

  /**
   * @param names names of media that were to be deleted
   * @param briefs brief keys whose media is deleted unless a sidecar names it
   */
  private void deleteOrphans(Path shard, Set<String> names, Set<String> briefs) {
    List<Path> files = list(shard);
    Set<String> known = new HashSet<>();
    boolean allRead = true;
    for (Path file : files) {
      Optional<TitleKey> key = key(SIDECAR, file);
      if (key.isPresent() && isSidecar(file, key.get())) {
        allRead &= readName(file, known);
        if (hasEarlierNames) {
          briefs.add(key.get().brief());
        }
      } else if (key.isPresent()) {
        allRead &= Files.isReadable(file);
      }
    }
    for (Path file : files) {
      Optional<TitleKey> draft = key(DRAFT, file).filter(key -> isSidecar(file, key));
      if (draft.isPresent()) {
        deleteDraft(file, draft.get());
      } else if (allRead
          && isOrphan(shard, file, known, names, briefs)
          && !isInUse(file)
          && isOld(file)) {
        delete(file);
      }
    }
  }

  private boolean isOurTrash(Path file) {
    String name = name(file);
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      return false;
    }
    return TRASHED.matcher(name).matches()
        || key(TRASHED_SIDECAR, file).map(key -> isSidecar(file, key)).orElse(false)
        || (hasEarlierNames && TRASHED_EARLIER.matcher(name).matches());
  }

  private static boolean isSidecar(Path file, TitleKey key) {
    try {
      return SidecarBlock.isOurs(file, key);
    } catch (IOException _) {
      return false;
    }
  }

  /** The time by the clock that stamps the files, which may be another machine's. */
  private static FileTime now(Path file) {
    try {
      Files.write(file, new byte[0]);
      FileTime now = Files.getLastModifiedTime(file);
      Files.delete(file);
      return now;
    } catch (IOException _) {
      return FileTime.fromMillis(0);
    }
  }

  private static boolean isOrphan(
      Path shard, Path file, Set<String> known, Set<String> names, Set<String> briefs) {
    Matcher media = MEDIA.matcher(name(file));
    if (!media.matches()
        || !media.group(2).startsWith(name(shard))
        || known.contains(media.group(1))) {
      return false;
    }
    boolean isKeyKnown = briefs.contains(media.group(2)) && MediaName.isExtension(media.group(3));
    if (!isKeyKnown && !names.contains(media.group(1))) {
      return false;
    }
    return Layout.CHUNKS.equals(media.group(4))
        ? Files.isDirectory(file, NOFOLLOW_LINKS)
        : Files.isRegularFile(file, NOFOLLOW_LINKS);
  }

  /** Whether a generation superseded since the start may still have readers of the file. */
  private boolean isInUse(Path file) {
    return parts.threads().superseded().contains(file);
  }

  /** Adds the name of the sidecar's media; false if it cannot be read. */
  private static boolean readName(Path sidecar, Set<String> known) {
    try (InputStream in = Files.newInputStream(sidecar, NOFOLLOW_LINKS)) {
      Optional<SidecarBlock> block = SidecarBlock.decode(in.readNBytes(SidecarBlock.BYTES));
      block.ifPresent(found -> known.add(found.media()));
      return block.isPresent();
    } catch (IOException _) {
      return false;
    }
  }

  private boolean isOld(Path file) {
    try {
      return Files.getLastModifiedTime(file).compareTo(before) < 0;
    } catch (IOException _) {
      return false;
    }
  }

  /** Holds the title's writer lock: the title could be writing a new draft at this moment. */
  private void deleteDraft(Path file, TitleKey key) {
    try (Title title = opener.apply(key)) {
      title.writerLock().acquireUninterruptibly();
      try {
        delete(file);
      } finally {
        title.writerLock().release();
      }
    }
  }

  private void delete(Path file) {
    try {
      if (Files.isDirectory(file, NOFOLLOW_LINKS)) {
        new ChunkFolder(file).delete(parts.disk());
      } else {
        parts.disk().delete(file);
      }
    } catch (IOException e) {
      LOG.warn("event=sweep-failed error={}", e.getClass().getSimpleName());
    }
  }

  private static Optional<TitleKey> key(Pattern form, Path file) {
    Matcher name = form.matcher(name(file));
    return name.matches() ? Optional.of(new TitleKey(name.group(1))) : Optional.empty();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
