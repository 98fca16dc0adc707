package streamcache.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The titles command: what is stored, or those titles of it whose name or host has a text. */
final class TitlesCommand {

  static final String JSON = "--json";
  static final String NODE = "--node";
  static final String MEANING =
      "Lists what the running server has stored, the last played titles first.";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SORT = "--sort";
  private static final String ORDER = "--order";
  private static final String LIMIT = "--limit";
  private static final int USUAL = 50;
  private static final int MOST = 100_000;

  /** Most titles that the server lists at once. */
  private static final int PAGE = 200;

  private final OwnApi api;
  private final PrintWriter out;
  private final PrintWriter err;

  TitlesCommand(OwnApi api, PrintWriter out, PrintWriter err) {
    this.api = api;
    this.out = out;
    this.err = err;
  }

  static CommandSpec describe(CommandSpec command) {
    return command
        .addOption(Main.option(SORT, "WHAT", "last-play, name, size or present"))
        .addOption(Main.option(ORDER, "ORDER", "desc or asc; by name asc, else desc if not given"))
        .addOption(Main.option(LIMIT, "NUMBER", "most titles to list, 50 if not given"))
        .addPositional(Main.positional("TEXT", "0..1", "text in the name or host of the titles"));
  }

  int run(Invocation call) {
    String written = call.option(LIMIT).orElse(Integer.toString(USUAL));
    int limit = written.matches("[0-9]{1,6}") ? Integer.parseInt(written) : 0;
    if (limit < 1 || limit > MOST) {
      err.println("streamcache: --limit is a number from 1 to " + MOST + ".");
      return Main.CANNOT_START;
    }
    return new AnswerPrinter(out).print(call, list(call, limit), this::print);
  }

  /** As many pages as it takes. */
  private Optional<ObjectNode> list(Invocation call, int limit) {
    ObjectNode list = MAPPER.createObjectNode();
    ArrayNode titles = list.putArray("titles");
    Optional<String> after = Optional.empty();
    do {
      Optional<JsonNode> page = api.get(target(call, Math.min(PAGE, limit - titles.size()), after));
      if (page.isEmpty()) {
        return Optional.empty();
      }
      page.get().path("titles").forEach(titles::add);
      after = page.get().path("next").asStringOpt();
    } while (after.isPresent() && titles.size() < limit);
    after.ifPresent(next -> list.put("next", next));
    return Optional.of(list);
  }

  private static String target(Invocation call, int limit, Optional<String> after) {
    StringBuilder target = new StringBuilder("/api/v1/titles?limit=").append(limit);
    add("query", call.words().stream().findFirst(), target);
    add("sort", call.option(SORT), target);
    add("order", call.option(ORDER), target);
    add("after", after, target);
    return target.toString();
  }

  private static void add(String name, Optional<String> value, StringBuilder target) {
    value.ifPresent(text ->
        target
            .append('&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(text, StandardCharsets.UTF_8)));
  }

  private void print(JsonNode list) {
    if (list.path("titles").isEmpty()) {
      out.println("Nothing is stored.");
    }
    for (JsonNode title : list.path("titles")) {
      long size = title.path("sizeBytes").asLong(0);
      boolean isComplete = title.path("isComplete").asBoolean();
      out.printf(
          "%s  %9s %5s  %s  %s  %s%s%n",
          title.path("id").asString(),
          Printable.bytes(Math.max(size, title.path("storedBytes").asLong())),
          isComplete ? "all" : Printable.share(title.path("storedBytes").asLong(), size),
          title.path("lastPlay").asString().replaceFirst("T(..:..).*", " $1"),
          Printable.of(title.path("name").asString()),
          Printable.of(title.path("host").asString()),
          title.path("isInUse").asBoolean()
              ? "  in use"
              : title.path("isPinned").asBoolean() ? "  pinned" : "");
    }
    if (list.has("next")) {
      out.println("There are more; --limit lists them.");
    }
  }
}
