package streamcache.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** The plays command: the requests of players that the running server is answering. */
record PlaysCommand(OwnApi api, PrintWriter out) {

  int run(Invocation call) {
    return new AnswerPrinter(out).print(call, api.get("/api/v1/plays"), this::printAll);
  }

  private void printAll(JsonNode answer) {
    if (answer.path("plays").isEmpty()) {
      out.println("Nobody plays anything.");
    }
    answer.path("plays").forEach(this::print);
  }

  private void print(JsonNode play) {
    Duration since = Duration.between(Instant.parse(play.path("since").asString()), Instant.now());
    out.printf(
        "%s  %9s in %s  %s  %s  %s%n",
        play.path("title").asString(),
        Printable.bytes(play.path("sentBytes").asLong()),
        Printable.time(Math.max(0, since.toSeconds())),
        Printable.of(play.path("name").asString()),
        Printable.of(play.path("client").asString()),
        Printable.of(play.path("agent").asString()));
  }
}
