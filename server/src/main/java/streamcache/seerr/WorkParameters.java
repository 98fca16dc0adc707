package streamcache.seerr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The work that the query of a link names: {@code ?tmdb=603&type=movie}, or {@code
 * ?tmdb=1399&type=tv&season=1&episode=2}; {@code imdb=} and {@code tvdb=} as well. The query
 * follows the name in a link of any form, and players send it back. Pure.
 */
final class WorkParameters {

  private WorkParameters() {}

  static MediaIdentity of(String target) {
    int query = target.indexOf('?');
    if (query < 0) {
      return MediaIdentity.UNKNOWN;
    }
    Map<String, String> given = read(target.substring(query + 1));
    Optional<CatalogueId> id =
        Stream.of(CatalogueId.Catalogue.values())
            .flatMap(catalogue ->
                Optional.ofNullable(given.get(catalogue.word()))
                    .flatMap(value -> CatalogueId.of(catalogue, value))
                    .stream())
            .findFirst();
    return new MediaIdentity(
        kind(given.getOrDefault("type", "")),
        id,
        "",
        OptionalInt.empty(),
        number(given.get("season")),
        number(given.get("episode")));
  }

  private static Optional<MediaIdentity.Kind> kind(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "movie", "film" -> Optional.of(MediaIdentity.Kind.MOVIE);
      case "tv", "series", "show", "season", "episode" -> Optional.of(MediaIdentity.Kind.TV);
      default -> Optional.empty();
    };
  }

  private static OptionalInt number(@Nullable String digits) {
    return digits != null && digits.matches("[0-9]{1,4}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }

  /** The first value of each name counts. */
  private static Map<String, String> read(String query) {
    Map<String, String> given = new HashMap<>();
    Arrays.stream(query.split("&", -1))
        .map(parameter -> parameter.split("=", 2))
        .filter(parameter -> parameter.length == 2)
        .forEach(parameter ->
            given.putIfAbsent(parameter[0].toLowerCase(Locale.ROOT), decoded(parameter[1])));
    return given;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException noEscape) {
      return "";
    }
  }
}
