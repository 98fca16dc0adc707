package streamcache.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a list of folders is written. They need not be there: disks of the network come later. */
final class FolderList {

  private static final int MOST = 64;

  static final Kind<List<Path>> KIND =
      new Kind.Form<>(
          FolderList::parse,
          "up to "
              + MOST
              + " absolute paths of folders with commas between, such as /media/films,"
              + " /media/series",
          "absolute paths of folders with commas between");

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
            .flatMap(each -> new Kind.Folder().parse(each).stream())
            .distinct()
            .toList();
    boolean isUnderstood =
        written.stream().allMatch(each -> each.startsWith("/"))
            && !folders.isEmpty()
            && folders.size() <= MOST;
    return isUnderstood ? Optional.of(folders) : Optional.empty();
  }
}
