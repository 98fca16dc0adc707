package streamcache.store;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
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
 * speaks of. Looks only at what is older than this start. On the store's scan thread.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** A name that we gave, so that nothing a person put there is ever deleted. */
  private static final Pattern OURS =
      Pattern.compile("(.* \\[[a-z2-7]{8}]\\.[a-z0-9]+)(\\.part|\\.chunks)?");

  private static final Pattern DRAFT = Pattern.compile("[a-z2-7]{26}\\.st\\.tmp");

  private final StoreParts parts;
  private final Function<TitleKey, Title> opener;
  private final FileTime before;
  private final List<Path> trash;

  /** Before the store is used: what comes into the trash from now on may be in use. */
  Sweep(StoreParts parts, Function<TitleKey, Title> opener) {
    this.parts = parts;
    this.opener = opener;
    this.trash = list(parts.layout().trash());
    this.before = now(parts.layout().trash().resolve(".start"));
  }

  /** Whether a sidecar was thrown away without the media file it may have spoken of. */
  boolean foundSidecar() {
    return trash.stream().anyMatch(file -> file.toString().endsWith(Layout.SIDECAR));
  }

  void emptyTrash() {
    trash.forEach(this::delete);
  }

  /** Reads the first block of every sidecar. */
  void deleteOrphans() {
    for (Path shard : list(parts.layout().media())) {
      List<Path> files = list(shard);
      Set<String> known = new HashSet<>();
      boolean allRead = true;
      for (Path file : files) {
        if (file.toString().endsWith(Layout.SIDECAR)) {
          allRead &= readName(file, known);
        }
      }
      for (Path file : files) {
        if (isDraft(file)) {
          deleteDraft(file);
        } else if (allRead && isOrphan(file, known) && !isInUse(file) && isOld(file)) {
          delete(file);
        }
      }
    }
  }

  /** By the clock that stamps the files, which may be another machine's. */
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

  private static boolean isOrphan(Path file, Set<String> known) {
    Matcher ours = OURS.matcher(file.getFileName().toString());
    return ours.matches() && !known.contains(ours.group(1));
  }

  private static boolean isDraft(Path file) {
    return DRAFT.matcher(file.getFileName().toString()).matches();
  }

  /** By the readers of a generation that was superseded since the start. */
  private boolean isInUse(Path file) {
    return parts.chores().superseded().contains(file);
  }

  /** False when it cannot be told which file the sidecar speaks of. */
  private static boolean readName(Path sidecar, Set<String> known) {
    try (FileChannel channel = FileChannel.open(sidecar, StandardOpenOption.READ)) {
      byte[] block = Channels.newInputStream(channel).readNBytes(SidecarBlock.BYTES);
      SidecarBlock.decode(block).ifPresent(found -> known.add(found.media()));
      return SidecarBlock.decode(block).isPresent();
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

  /** With the pen of its title, which could be writing a new one at this moment. */
  private void deleteDraft(Path file) {
    String name = file.getFileName().toString();
    TitleKey key = new TitleKey(name.substring(0, name.indexOf('.')));
    try (Title title = opener.apply(key)) {
      title.pen().acquireUninterruptibly();
      try {
        delete(file);
      } finally {
        title.pen().release();
      }
    }
  }

  private void delete(Path file) {
    try {
      if (Files.isDirectory(file)) {
        new ChunkFolder(file).delete(parts.disk());
      } else {
        parts.disk().delete(file);
      }
    } catch (IOException e) {
      LOG.warn("event=sweep-failed error={}", e.getClass().getSimpleName());
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
