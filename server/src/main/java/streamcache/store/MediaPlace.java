package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the bytes of a generation lie: as a file or as a folder of chunks, all named after the
 * film. A name is one generation's alone in every form, since it is found by the name. Called with
 * the title's pen held, or before anybody else sees the title.
 *
 * @param folder the shard
 * @param name {@code Movie (2020) [abcd2345].mkv}
 */
record MediaPlace(StoreParts parts, Path folder, String name) {

  /** Whether something has the name already, in whatever form. */
  boolean isTaken() {
    return Files.exists(file()) || Files.exists(part()) || Files.exists(chunks());
  }

  /** Makes the file or folder, as the file system wants it; the name is not taken. */
  Media make() throws IOException {
    if (!parts.abilities().sparse()) {
      parts.disk().makeFolder(chunks());
      return new MediaChunks(parts, chunks(), Optional.empty(), /* sealed= */ false);
    }
    parts.disk().open(part(), CREATE_NEW, WRITE, SPARSE).close();
    return open(part());
  }

  /**
   * What is there, in whichever form it was begun: a cache folder may have been moved to another
   * file system. A file that was begun where files could be sparse grows no more where they cannot
   * be; what follows goes into chunks.
   *
   * @param sealed whether the sidecar calls the film complete
   * @return empty when there is nothing
   */
  Optional<Media> find(boolean sealed) throws IOException {
    Optional<Path> whole =
        Stream.of(sealed ? file() : part(), sealed ? part() : file())
            .filter(Files::isRegularFile)
            .findFirst();
    boolean chunked = Files.isDirectory(chunks());
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
