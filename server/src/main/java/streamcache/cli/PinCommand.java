package streamcache.cli;

import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pin command: has the running server keep a title from eviction, or no longer. */
final class PinCommand {

  static final String REMOVE = "--remove";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OwnApi api;
  private final PrintWriter out;
  private final PrintWriter err;

  PinCommand(OwnApi api, PrintWriter out, PrintWriter err) {
    this.api = api;
    this.out = out;
    this.err = err;
  }

  int run(Invocation call) {
    String id = call.words().getFirst();
    if (!EvictCommand.isId(id)) {
      err.println(EvictCommand.NO_ID);
      return Main.CANNOT_START;
    }
    String action = call.has(REMOVE) ? "/unpin" : "/pin";
    Optional<JsonNode> answer = api.post("/api/v1/titles/" + id + action, JSON.createObjectNode());
    if (answer.isEmpty()) {
      return 1;
    }
    if (call.has(TitlesCommand.JSON)) {
      out.println(answer.get().toPrettyString());
    } else {
      out.println(
          call.has(REMOVE) ? "The title may be evicted again." : "The title is never evicted.");
    }
    return 0;
  }
}
