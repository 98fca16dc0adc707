package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.settings.AdoptionSettings;

/**
 * The cache folder of the nginx version, whose finished titles are adopted at their first play
 * (decision 0026). All its versions keep them in {@code files}, named after the URL, and unfinished
 * ones elsewhere. Only reads: nothing in the folder is changed, and no symbolic link followed. Any
 * thread; blocks on the disk.
 */
public final class OldCache {

  /** No cache: nothing is found. */
  public static final OldCache NONE =
      new OldCache(Optional.empty(), /* isTrusted= */ false, InstantSource.system());

  /** The old version copies a file to its place when it cannot rename it: it may still grow. */
  static final Duration SETTLED = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(OldCache.class);
  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS);

  private final Optional<Path> files;
  private final boolean isTrusted;
  private final InstantSource clock;
  private final Set<TitleKey> leftAlone = ConcurrentHashMap.newKeySet();

  private OldCache(Optional<Path> files, boolean isTrusted, InstantSource clock) {
    this.files = files;
    this.isTrusted = isTrusted;
    this.clock = clock;
  }

  /** Logs a warning if there is nothing to adopt. */
  public static OldCache of(Optional<AdoptionSettings> settings, InstantSource clock) {
    if (settings.isEmpty()) {
      return NONE;
    }
    Path files = settings.get().folder().resolve("files");
    if (!Files.isDirectory(files, NOFOLLOW_LINKS) || !Files.isReadable(files)) {
      LOG.warn(
          "ADOPT_FROM is {}, but there is no folder \"files\" in it that can be read; nothing is"
              + " adopted. Set it to the folder that was the volume of the nginx version.",
          settings.get().folder());
      return NONE;
    }
    return new OldCache(Optional.of(files), settings.get().isTrusted(), clock);
  }

  /** Whether its files are adopted without comparing them with those of their providers. */
  public boolean isTrusted() {
    return isTrusted;
  }

  /** The finished file of a title. */
  public Optional<OldFile> find(Link link) {
    return files.flatMap(folder ->
        link.oldCacheNames().stream()
            .flatMap(name -> find(folder.resolve(name), link).stream())
            .findFirst());
  }

  private Optional<OldFile> find(Path file, Link link) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      if (!found.isRegularFile() || found.size() == 0) {
        leaveAlone(link, "it is empty or no regular file");
        return Optional.empty();
      }
      if (found.lastModifiedTime().toInstant().isAfter(clock.instant().minus(SETTLED))) {
        leaveAlone(link, "it was written to a moment ago");
        return Optional.empty();
      }
      return Optional.of(new OldFile(file, found.size()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      leaveAlone(link, "it cannot be read (" + e.getClass().getSimpleName() + ")");
      return Optional.empty();
    }
  }

  /**
   * The beginning of a file, at most {@code most} bytes.
   *
   * @return empty if it cannot be read
   */
  public Optional<ByteBuffer> head(OldFile file, int most) {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(most, file.length()));
    try (SeekableByteChannel channel = Files.newByteChannel(file.path(), READ)) {
      while (head.hasRemaining() && channel.read(head) > 0) {
        // Until the buffer is full.
      }
      return Optional.of(head.flip());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Tells the operator, once for each title, that its file could not be adopted. */
  public void leaveAlone(Link link, IOException failure) {
    leaveAlone(
        link,
        failure instanceof FileSystemException refused
            ? "it cannot have a second name in CACHE_DIR (%s); both folders must be on the same"
                    .formatted(refused.getReason())
                + " mount, and the file must belong to the user that Streamcache runs as"
            : String.valueOf(failure.getMessage()));
  }

  /** Tells the operator, once for each title, why its file is not adopted. */
  public void leaveAlone(Link link, String reason) {
    if (leftAlone.add(link.key())) {
      LOG.warn("event=old-title-left-alone key={} why=\"{}\"", link.key(), reason);
    }
  }
}
