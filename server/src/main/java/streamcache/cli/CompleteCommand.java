package streamcache.cli;

import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The complete command: has the running server fetch the rest of a title. */
final class CompleteCommand {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OwnApi api;
  private final PrintWriter out;
  private final PrintWriter err;

  CompleteCommand(OwnApi api, PrintWriter out, PrintWriter err) {
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
    Optional<JsonNode> answer =
        api.post("/api/v1/titles/" + id + "/complete", JSON.createObjectNode());
    if (answer.isEmpty()) {
      return 1;
    }
    out.println(
        call.has(TitlesCommand.JSON)
            ? answer.get().toPrettyString()
            : "The rest of the title is fetched as soon as players leave a connection to it.");
    return 0;
  }
}
