package streamcache.seerr;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Identifies a work by a file name as people and tools write it: {@code Title (Year).mkv}, {@code
 * Title {tmdb-603}.mkv}, {@code Show (2019)/Season 01/Show - S01E02.mkv}, {@code
 * Title.1999.1080p.BluRay.x264-GROUP.mkv}. Parts that it does not understand are left out. Pure.
 */
final class WorkName {

  private static final Pattern EXTENSION =
      Pattern.compile(
          "(?i)\\.(?:mkv|mp4|m4v|avi|mov|ts|m2ts|mts|webm|mpe?g|wmv|flv|ogv|vob|iso|3gp|strm)$");

  private WorkName() {}

  /**
   * @param name the name of a file, optionally with its folders
   */
  static MediaIdentity read(String name) {
    List<NameElement> elements =
        Arrays.stream(EXTENSION.matcher(name.strip()).replaceFirst("").split("[/\\\\]", -1))
            .filter(element -> !element.isBlank())
            .map(NameElement::read)
            .toList();
    if (elements.isEmpty()) {
      return MediaIdentity.UNKNOWN;
    }
    NameElement file = elements.getLast();
    List<NameElement> folders = elements.subList(0, elements.size() - 1).reversed();
    Optional<NameElement> season = folders.stream().filter(NameElement::isSeasonFolder).findFirst();
    Optional<NameElement> above =
        folders.stream().filter(folder -> !folder.isSeasonFolder()).findFirst();
    NameElement named = above.filter(folder -> namesBetter(folder, file, season)).orElse(file);
    return new MediaIdentity(
        kind(file, season),
        named.id().or(file::id),
        named.title(),
        named.year(),
        first(file.season(), season.map(NameElement::season).orElse(OptionalInt.empty())),
        file.episode());
  }

  /** In a season folder, files are named after their episodes, or not at all. */
  private static boolean namesBetter(
      NameElement folder, NameElement file, Optional<NameElement> season) {
    boolean saysMore = folder.year().isPresent() || folder.id().isPresent();
    return file.title().isEmpty()
        || season.isPresent()
        || (saysMore && file.year().isEmpty() && file.id().isEmpty());
  }

  private static Optional<MediaIdentity.Kind> kind(NameElement file, Optional<NameElement> season) {
    boolean isEpisode =
        file.season().isPresent() || file.episode().isPresent() || season.isPresent();
    return isEpisode ? Optional.of(MediaIdentity.Kind.TV) : Optional.empty();
  }

  private static OptionalInt first(OptionalInt left, OptionalInt right) {
    return left.isPresent() ? left : right;
  }
}
