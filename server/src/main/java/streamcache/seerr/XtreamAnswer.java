package streamcache.seerr;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The response of a panel about a film: {@code
 * {"info":{"tmdb_id":..},"movie_data":{"stream_id":..}}}, where numbers may be strings, and an
 * empty list may stand for no value. Pure.
 */
final class XtreamAnswer {

  private XtreamAnswer() {}

  /**
   * The TMDB number of the film; empty if there is none, or if there are several different ones.
   *
   * @param film the id that was asked for: some panels respond with another film
   */
  static Optional<CatalogueId> tmdb(byte[] json, String film) {
    try {
      JsonNode answer = SeerrCalls.JSON.readTree(json);
      JsonNode info = answer.path("info");
      JsonNode data = answer.path("movie_data");
      String answered = text(data.path("stream_id"));
      Set<CatalogueId> told =
          Stream.of(
                  info.path("tmdb_id"), info.path("tmdb"), data.path("tmdb_id"), data.path("tmdb"))
              .map(XtreamAnswer::text)
              .flatMap(value -> CatalogueId.of(CatalogueId.Catalogue.TMDB, value).stream())
              .collect(Collectors.toSet());
      boolean isIt = answered.isEmpty() || answered.equals(film);
      return isIt && told.size() == 1 ? told.stream().findFirst() : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode value) {
    return value.isString() || value.isIntegralNumber() ? value.asString() : "";
  }
}
