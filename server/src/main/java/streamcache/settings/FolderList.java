package streamcache.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Parses a list of folders. They need not exist yet: network disks may be mounted later. */
final class FolderList {

  private static final int MOST = 64;

  static final ValueType<List<Path>> KIND =
      new ValueType.Form<>(
          FolderList::parse,
          "up to "
              + MOST
              + " absolute paths of folders, separated by commas, such as /media/films,"
              + " /media/series",
          "absolute paths of folders, separated by commas");

  private FolderList() {}

  private static Optional<List<Path>> parse(String text) {
    List<String> written =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .toList();
    List<Path> folders =
        written.stream()
            .filter(each -> each.startsWith("/"))
            .flatMap(each -> new ValueType.Folder().parse(each).stream())
            .distinct()
            .toList();
    boolean isUnderstood =
        written.stream().allMatch(each -> each.startsWith("/"))
            && !folders.isEmpty()
            && folders.size() <= MOST;
    return isUnderstood ? Optional.of(folders) : Optional.empty();
  }
}
