package streamcache.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows and changes how much is logged. */
record LogLevelRoute(LogLevel log) {

  private static final String LEVEL = "level";
  private static final String TIME = "forSeconds";

  /** A week. */
  private static final long MOST_SECONDS = Duration.ofDays(7).toSeconds();

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    return shown();
  }

  JsonNode change(ApiRequest request) throws ApiException {
    JsonNode body = request.permit().body();
    if (!Set.of(LEVEL, TIME).containsAll(body.propertyNames())) {
      throw ApiException.badRequest("The body has no properties but level and forSeconds.");
    }
    String level = body.path(LEVEL).asString("");
    if (!LogLevel.WORDS.contains(level)) {
      throw ApiException.badRequest("level is one of " + String.join(", ", LogLevel.WORDS) + ".");
    }
    log.set(level, time(body.path(TIME)));
    return shown();
  }

  private static Optional<Duration> time(JsonNode seconds) throws ApiException {
    if (seconds.isMissingNode()) {
      return Optional.empty();
    }
    if (!seconds.isIntegralNumber()
        || !seconds.canConvertToLong()
        || seconds.asLong() < 1
        || seconds.asLong() > MOST_SECONDS) {
      throw ApiException.badRequest("forSeconds is a number from 1 to " + MOST_SECONDS + ".");
    }
    return Optional.of(Duration.ofSeconds(seconds.asLong()));
  }

  private ObjectNode shown() {
    ObjectNode answer =
        ApiAnswer.object().put(LEVEL, log.now()).put("configured", log.configured());
    log.rest().ifPresent(rest -> answer.put("restSeconds", rest.toSeconds()));
    return answer;
  }
}
