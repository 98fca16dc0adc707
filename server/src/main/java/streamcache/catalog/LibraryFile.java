package streamcache.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import streamcache.durable.AtomicFile;

/** Reading and writing one small file of a library. Stateless; blocks. */
final class LibraryFile {

  /** What we write is shorter; more of a file of somebody else need not be read. */
  private static final int LONGEST = 64 * 1024;

  /** After these no other file can be written either. As the C library words them. */
  private static final List<String> OF_THE_DISK =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Read-only file system",
          "Input/output error");

  private LibraryFile() {}

  /** Empty if there is no such file; a link or a folder in its place is an error. */
  static Optional<String> read(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new String(in.readNBytes(LONGEST), UTF_8));
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    }
  }

  /** Creates or replaces the file and creates its folders. */
  static void write(Path file, String content) throws IOException {
    try {
      AtomicFile.replaceUnsynced(file, UTF_8.encode(content));
    } catch (NoSuchFileException noFolder) {
      Files.createDirectories(file.resolveSibling("."));
      AtomicFile.replaceUnsynced(file, UTF_8.encode(content));
    }
  }

  /** Whether the disk as a whole fails, and not this file. */
  static boolean isOfDisk(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return OF_THE_DISK.stream().anyMatch(message::contains);
  }

  /** The reason in the words of the system, without a path. */
  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "a file is in the place of a folder";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default ->
          OF_THE_DISK.stream()
              .filter(String.valueOf(failure.getMessage())::contains)
              .findFirst()
              .orElse("the system refuses it");
    };
  }
}
