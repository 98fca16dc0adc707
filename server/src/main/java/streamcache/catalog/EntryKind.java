package streamcache.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The three kinds of entries that a person may select. */
public enum EntryKind {
  FILM,
  SERIES,
  LIVE;

  /** As written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty if no kind has that name. */
  public static Optional<EntryKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  public static EntryKind of(CatalogEntry entry) {
    return switch (entry) {
      case FilmEntry _ -> FILM;
      case EpisodeEntry _ -> SERIES;
      case ChannelEntry _ -> LIVE;
    };
  }
}
