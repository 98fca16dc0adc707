package streamcache.store;

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

/** The names of chunk files, {@code 000000} and so on, in the folder of one film. Blocks. */
record ChunkFolder(Path path) {
  private static final Pattern NAME = Pattern.compile("[0-9]{6,12}");

  Path file(long index) {
    return path.resolve(String.format(Locale.ROOT, "%06d", index));
  }

  /** Bytes in the file, 0 when there is none. */
  long size(long index) throws IOException {
    try {
      return Files.size(file(index));
    } catch (NoSuchFileException _) {
      return 0;
    }
  }

  /** The chunks that are there. */
  Set<Long> indexes() throws IOException {
    Set<Long> indexes = new TreeSet<>();
    for (Path file : chunks()) {
      indexes.add(Long.parseLong(file.getFileName().toString()));
    }
    return indexes;
  }

  /** Deletes the chunks and, if nobody put something else there, the folder. */
  void delete(Disk disk) throws IOException {
    for (Path file : chunks()) {
      disk.delete(file);
    }
    try {
      disk.delete(path);
    } catch (DirectoryNotEmptyException _) {
      // What people put there stays.
    }
  }

  private List<Path> chunks() throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }
}
