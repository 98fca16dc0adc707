package streamcache.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which entries of the timeline are wanted.
 *
 * @param title the id of a title; empty for all
 * @param account an account; empty for all
 * @param from the earliest moment
 * @param to the moment before which they happened
 * @param limit how many, at least 1
 */
record TimelineQuery(
    Optional<String> title, Optional<String> account, Instant from, Instant to, int limit) {

  private static final int USUAL = 200;
  private static final int MOST = 5000;

  static TimelineQuery of(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit("title", "account", "from", "to", "limit");
    return new TimelineQuery(
        request.parameter("title"),
        request.parameter("account"),
        moment(request, "from", Instant.MIN),
        moment(request, "to", Instant.MAX),
        limit(request.parameter("limit")));
  }

  private static Instant moment(ApiRequest request, String name, Instant standard)
      throws ApiException {
    Optional<String> written = request.parameter(name);
    try {
      return written.map(Instant::parse).orElse(standard);
    } catch (DateTimeException e) {
      throw ApiException.badRequest(name + " is a moment such as 2026-11-30T21:14:00Z.");
    }
  }

  private static int limit(Optional<String> written) throws ApiException {
    if (written.isEmpty()) {
      return USUAL;
    }
    int limit = written.get().matches("[0-9]{1,4}") ? Integer.parseInt(written.get()) : 0;
    if (limit < 1 || limit > MOST) {
      throw ApiException.badRequest("limit is a number from 1 to " + MOST + ".");
    }
    return limit;
  }

  /** Quickly, for a line as written; whether it does is for {@link #matches} to say. */
  boolean mayMatch(String line) {
    return title.filter(wanted -> !line.contains(wanted)).isEmpty();
  }

  boolean matches(JsonNode entry) {
    return isAt(entry)
        && title.filter(wanted -> !wanted.equals(entry.path("title").asString(""))).isEmpty()
        && account.filter(wanted -> !wanted.equals(entry.path("account").asString(""))).isEmpty();
  }

  private boolean isAt(JsonNode entry) {
    try {
      Instant at = Instant.parse(entry.path("at").asString(""));
      return !at.isBefore(from) && at.isBefore(to);
    } catch (DateTimeException torn) {
      return false;
    }
  }
}
