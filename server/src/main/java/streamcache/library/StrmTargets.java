package streamcache.library;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import streamcache.durable.UserFile;

/** What players open of {@code .strm} files. Blocks for disk I/O; any thread. */
public final class StrmTargets {

  /** Longer than any link; a larger file is not a {@code .strm} file. */
  private static final int MOST_BYTES = 128 * 1024;

  private StrmTargets() {}

  /** Whether the file has the name of a {@code .strm} file. */
  public static boolean isStrm(Path file) {
    return StrmTree.isStrm(file);
  }

  /** The files in a folder and below it; what cannot be read is left out. */
  public static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    walk(folder, files::add, () -> false);
    files.sort(null);
    return files;
  }

  /** A file in a folder or below it; empty if there is none like that, or no such folder. */
  public static Optional<Path> find(Path folder, Predicate<Path> wanted) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    walk(
        folder,
        file -> {
          if (wanted.test(file)) {
            found.add(file);
          }
        },
        () -> !found.isEmpty());
    return found.stream().findFirst();
  }

  private static void walk(Path folder, Consumer<Path> files, BooleanSupplier isStopping)
      throws IOException {
    StrmTree.walk(
        folder,
        new StrmTree.Visitor() {
          @Override
          public void file(Path file) {
            files.accept(file);
          }

          @Override
          public void draft(Path file) {
            // Left by a killed run.
          }

          @Override
          public void result(StrmResult result) {
            // Not readable, or a symbolic link.
          }
        },
        isStopping);
  }

  /** The line that players open; it may hold secrets. Empty if there is none. */
  public static Optional<String> read(Path file) throws IOException {
    UserFile read = UserFile.read(file, MOST_BYTES);
    if (read.size() > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      return StrmText.parse(read.content()).map(StrmText::target);
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
