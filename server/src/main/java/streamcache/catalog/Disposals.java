package streamcache.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import streamcache.link.StrmLine;

/**
 * Removes files that imports wrote and the source no longer lists, and folders that become empty. A
 * file that no longer holds what an import wrote belongs to somebody else and stays. One thread.
 */
final class Disposals {

  /** What we write is shorter; a longer file need not be read. */
  private static final long LONGEST = 64 * 1024;

  private final Path folder;
  private long removed;

  /**
   * @param folder absolute, without symbolic links
   */
  Disposals(Path folder) {
    this.folder = folder;
  }

  long removed() {
    return removed;
  }

  void remove(String path) throws IOException {
    Path file = folder.resolve(path).normalize();
    if (isInside(file) && isOurs(file)) {
      Files.delete(file);
      removed++;
      removeEmptyFolders(file.getParent());
    }
  }

  /** The index could be edited, and a folder be replaced by a link out of the library. */
  private boolean isInside(Path file) throws IOException {
    Path parent = file.getParent();
    return parent != null
        && file.startsWith(folder)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && parent.toRealPath().equals(parent);
  }

  private static boolean isOurs(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.equals(LiveList.NAME)) {
      return LiveList.isOurs(file);
    }
    if (Files.size(file) > LONGEST) {
      return false;
    }
    String content = new String(Files.readAllBytes(file), UTF_8);
    return name.endsWith(Place.LINK)
        ? isLink(content)
        : name.endsWith(Place.DESCRIPTION) && Description.isOurs(content);
  }

  /** Whether the content of a {@code .strm} file is a link of ours, or what a power cut left. */
  static boolean isLink(String content) {
    String line = content.strip();
    return line.chars().allMatch(letter -> letter == 0)
        || (line.lines().count() == 1 && StrmLine.isLink(line));
  }

  private void removeEmptyFolders(@Nullable Path from) throws IOException {
    for (Path at = from; at != null && !at.equals(folder); at = at.getParent()) {
      try {
        Files.delete(at);
      } catch (DirectoryNotEmptyException inUse) {
        return;
      }
    }
  }
}
