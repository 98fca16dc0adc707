package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamcache.durable.Disk;

/**
 * The chunk files in the folder of one film, named {@code 000000} and so on. Blocks on the disk.
 */
record ChunkFolder(Path path) {
  private static final Pattern NAME = Pattern.compile("[0-9]{6,12}");

  Path file(long index) {
    return path.resolve(String.format(Locale.ROOT, "%06d", index));
  }

  /** Size of the file in bytes; 0 if there is none. */
  long size(long index) throws IOException {
    try {
      return Files.size(file(index));
    } catch (NoSuchFileException _) {
      return 0;
    }
  }

  /** The indexes of the chunks that exist. */
  Set<Long> indexes() throws IOException {
    Set<Long> indexes = new TreeSet<>();
    for (Path file : chunks()) {
      indexes.add(Long.parseLong(file.getFileName().toString()));
    }
    return indexes;
  }

  /** Deletes the chunks and, if nothing else is in it, the folder. */
  void delete(Disk disk) throws IOException {
    for (Path file : chunks()) {
      disk.delete(file);
    }
    try {
      disk.delete(path);
    } catch (DirectoryNotEmptyException _) {
      // Foreign files in it stay.
    }
  }

  private List<Path> chunks() throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS))
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }
}
