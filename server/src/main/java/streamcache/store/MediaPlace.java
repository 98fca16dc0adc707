package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the bytes of a generation are stored: as a file or as a folder of chunks, named after the
 * film. A name belongs to one generation in all its forms, since the bytes are found by the name.
 * Called with the title's writer lock held, or before the title is shared.
 *
 * @param folder the shard
 * @param name {@code Movie (2020) [abcd2345].mkv}
 */
record MediaPlace(StoreParts parts, Path folder, String name) {

  /** Whether the name is taken, in any of its forms. */
  boolean isTaken() {
    return Stream.of(file(), part(), chunks()).anyMatch(path -> Files.exists(path, NOFOLLOW_LINKS));
  }

  /** Creates the file or folder, as the file system requires; the name is not taken. */
  Media make() throws IOException {
    if (!parts.abilities().sparse()) {
      parts.disk().makeFolder(chunks());
      return new MediaChunks(parts, chunks(), Optional.empty(), /* sealed= */ false);
    }
    parts.disk().open(part(), CREATE_NEW, WRITE, SPARSE).close();
    return open(part());
  }

  /** Makes a complete file, which has another name so far, the media; the name is not taken. */
  MediaFile take(Path complete) throws IOException {
    parts.disk().move(complete, file());
    return open(file());
  }

  /**
   * Finds the media in the form in which it was begun: a cache folder may have been moved to
   * another file system. A file that was begun where files could be sparse does not grow where they
   * cannot be; later bytes go into chunks.
   *
   * @param sealed whether the sidecar says that the film is complete
   * @return empty if there is nothing
   */
  Optional<Media> find(boolean sealed) throws IOException {
    Optional<Path> whole =
        Stream.of(sealed ? file() : part(), sealed ? part() : file())
            .filter(path -> Files.isRegularFile(path, NOFOLLOW_LINKS))
            .findFirst();
    boolean chunked = Files.isDirectory(chunks(), NOFOLLOW_LINKS);
    if (!chunked && whole.isEmpty()) {
      return Optional.empty();
    }
    if (!chunked && parts.abilities().sparse()) {
      return Optional.of(open(whole.get()));
    }
    Optional<MediaFile> base =
        whole.isPresent() ? Optional.of(open(whole.get())) : Optional.empty();
    return Optional.of(new MediaChunks(parts, chunks(), base, sealed));
  }

  private MediaFile open(Path file) throws IOException {
    return MediaFile.open(parts.disk(), parts.abilities(), file);
  }

  private Path file() {
    return folder.resolve(name);
  }

  private Path part() {
    return folder.resolve(name + Layout.PART);
  }

  private Path chunks() {
    return folder.resolve(name + Layout.CHUNKS);
  }
}
