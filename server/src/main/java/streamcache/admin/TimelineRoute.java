package streamcache.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened at the providers, and why. */
record TimelineRoute(Timeline timeline) {

  private static final Logger LOG = LoggerFactory.getLogger(TimelineRoute.class);

  JsonNode show(ApiRequest request) throws ApiException {
    TimelineQuery query = TimelineQuery.of(request);
    ObjectNode answer = ApiAnswer.object();
    ArrayNode entries = answer.putArray("entries");
    entries.addAll(
        FileThread.call(() -> read(query))
            .orElseThrow(() ->
                ApiException.busy(
                    "The timeline cannot be read; the cache folder may be damaged.")));
    return answer;
  }

  private Optional<List<ObjectNode>> read(TimelineQuery query) {
    try {
      return Optional.of(timeline.read(query));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("event=timeline-not-read error={}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
