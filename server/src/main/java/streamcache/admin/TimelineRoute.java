package streamcache.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened at the providers, and why. */
record TimelineRoute(Timeline timeline) {

  JsonNode show(ApiRequest request) throws ApiException {
    TimelineQuery query = TimelineQuery.of(request);
    ObjectNode answer = ApiAnswer.object();
    ArrayNode entries = answer.putArray("entries");
    entries.addAll(FileThread.call(() -> read(query)));
    return answer;
  }

  private List<ObjectNode> read(TimelineQuery query) {
    try {
      return timeline.read(query);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
