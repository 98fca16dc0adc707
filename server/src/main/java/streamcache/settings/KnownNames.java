package streamcache.settings;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows the names of settings, and suggests the one that an unknown name probably means. Pure. */
public final class KnownNames {

  private KnownNames() {}

  static boolean isSetting(String name) {
    return SettingsTable.all().stream().anyMatch(setting -> setting.name().equals(name));
  }

  /** The known name with the smallest edit distance, if that is small. */
  static Optional<String> nearest(String name) {
    return nearest(
        name.replaceFirst("^STREAMCACHE_", ""),
        Stream.of(
                SettingsTable.all().stream().map(Setting::name),
                SeedNames.ALIASES.keySet().stream(),
                SeedNames.REPLACED.keySet().stream())
            .flatMap(names -> names));
  }

  /** The name among these with the smallest edit distance, if that is small. */
  public static Optional<String> nearest(String meant, Stream<String> names) {
    return names
        .filter(known -> distance(known, meant) <= Math.max(2, known.length() / 3))
        .min(
            Comparator.comparingInt((String known) -> distance(known, meant))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The Levenshtein distance: letters to insert, drop or change. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= left.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int change = left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1;
        int least = Math.min(diagonal + change, 1 + Math.min(row[column], row[column - 1]));
        diagonal = row[column];
        row[column] = least;
      }
    }
    return row[right.length()];
  }
}
