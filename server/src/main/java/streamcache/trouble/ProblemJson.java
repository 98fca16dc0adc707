package streamcache.trouble;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a problem for programs, by RFC 9457. Its {@code type} is one of those in docs/operating.md
 * and stable; the texts may change. Pure.
 */
final class ProblemJson {

  private static final String TYPE = "urn:streamcache:problem:";
  private static final String REQUEST = "urn:streamcache:request:";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ProblemJson() {}

  static String write(Problem problem, String requestId) {
    Cause cause = problem.cause();
    ObjectNode json =
        JSON.createObjectNode()
            .put("type", TYPE + cause.label())
            .put("title", cause.headline())
            .put("status", cause.status())
            .put("detail", cause.meaning())
            .put("instance", REQUEST + requestId);
    if (!problem.advice().isEmpty()) {
      json.put("advice", problem.advice());
    }
    cause.retryAfter().ifPresent(wait -> json.put("retryAfter", Math.max(1, wait.toSeconds())));
    problem.about().ifPresent(about -> add(about, json));
    return JSON.writeValueAsString(json);
  }

  private static void add(Problem.About about, ObjectNode json) {
    json.put("name", about.name()).put("provider", about.host());
    json.put("time", about.time().toString());
    about.upstreamStatus().ifPresent(status -> json.put("upstreamStatus", status));
    ArrayNode notes = json.putArray("notes");
    about.notes().forEach(notes::add);
  }
}
