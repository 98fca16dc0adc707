package streamcache.cli;

import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The evict command: has the running server delete what it stores of a title. */
final class EvictCommand {

  static final String WHEN_FREE = "--when-free";

  static final String NO_ID =
      "streamcache: this is no id of a title; 'streamcache titles' lists them.";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OwnApi api;
  private final PrintWriter out;
  private final PrintWriter err;

  EvictCommand(OwnApi api, PrintWriter out, PrintWriter err) {
    this.api = api;
    this.out = out;
    this.err = err;
  }

  static boolean isId(String text) {
    return text.matches("[a-z2-7]{26}");
  }

  int run(Invocation call) {
    String id = call.words().getFirst();
    if (!isId(id)) {
      err.println(NO_ID);
      return Main.CANNOT_START;
    }
    String when = call.has(WHEN_FREE) ? "free" : "now";
    Optional<JsonNode> answer =
        api.post("/api/v1/titles/" + id + "/evict", JSON.createObjectNode().put("when", when));
    if (answer.isEmpty()) {
      return 1;
    }
    if (call.has(TitlesCommand.JSON)) {
      out.println(answer.get().toPrettyString());
    } else if (answer.get().path("outcome").asString().equals("waiting")) {
      out.println("The title is in use; it is evicted as soon as nobody uses it.");
    } else {
      out.println("Nothing of the title is stored any more.");
    }
    return 0;
  }
}
