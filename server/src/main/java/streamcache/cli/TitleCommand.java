package streamcache.cli;

import java.io.PrintWriter;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that have the running server do something with one title. */
final class TitleCommand {

  /** With evict: as soon as nobody uses the title. */
  static final String WHEN_FREE = "--when-free";

  /** With pin and keep: the title may be evicted again. */
  static final String REMOVE = "--remove";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OwnApi api;
  private final PrintWriter out;
  private final PrintWriter err;

  TitleCommand(OwnApi api, PrintWriter out, PrintWriter err) {
    this.api = api;
    this.out = out;
    this.err = err;
  }

  /** Deletes what is stored of the title. */
  int evict(Invocation call) {
    JsonNode when = JSON.createObjectNode().put("when", call.has(WHEN_FREE) ? "free" : "now");
    return run(
        call,
        "evict",
        when,
        answer ->
            answer.path("outcome").asString().equals("waiting")
                ? "The title is in use; it is evicted as soon as nobody uses it."
                : "Nothing of the title is stored any more.");
  }

  /** Keeps the title from eviction, or no longer. */
  int pin(Invocation call) {
    boolean isRemoved = call.has(REMOVE);
    String said = isRemoved ? "The title may be evicted again." : "The title is never evicted.";
    return run(call, isRemoved ? "unpin" : "pin", JSON.createObjectNode(), _ -> said);
  }

  /**
   * Gives the operator the file of the title, by a second name in the cache folder, or no longer.
   */
  int keep(Invocation call) {
    boolean isRemoved = call.has(REMOVE);
    return run(
        call,
        isRemoved ? "unkeep" : "keep",
        JSON.createObjectNode(),
        answer ->
            isRemoved
                ? "The file has no name in kept/ any more; the title may be evicted again."
                : "The file is also at %s in the cache folder and is never evicted."
                    .formatted(Printable.of(answer.path("file").asString(""))));
  }

  /** Fetches the rest of the title. */
  int complete(Invocation call) {
    return run(
        call,
        "complete",
        JSON.createObjectNode(),
        _ -> "The rest of the title is fetched as soon as players leave a connection to it.");
  }

  private int run(
      Invocation call, String action, JsonNode body, Function<JsonNode, String> sentence) {
    String id = call.words().getFirst();
    if (!id.matches("[a-z2-7]{26}")) {
      err.println("streamcache: this is no id of a title; 'streamcache titles' lists them.");
      return Main.CANNOT_START;
    }
    return new AnswerPrinter(out)
        .print(
            call,
            api.post("/api/v1/titles/" + id + "/" + action, body),
            answer -> out.println(sentence.apply(answer)));
  }
}
