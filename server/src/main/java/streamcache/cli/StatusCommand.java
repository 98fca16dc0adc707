package streamcache.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** The status command: the running server at a glance. */
record StatusCommand(OwnApi api, PrintWriter out) {

  int run(Invocation call) {
    return new AnswerPrinter(out).print(call, api.get("/api/v1/status"), this::print);
  }

  private void print(JsonNode status) {
    JsonNode store = status.path("store");
    line("health", status.path("health").asString());
    line(
        "version",
        status.path("version").asString()
            + ", up "
            + Printable.time(status.path("uptimeSeconds").asLong()));
    line(
        "store",
        "%s of at most %s in %d titles; evictions go down to %s"
            .formatted(
                bytes(store, "usedBytes"),
                bytes(store, "maxBytes"),
                store.path("titles").asLong(),
                bytes(store, "lowWatermarkBytes")));
    line(
        "disk",
        "%s free, of which %s are left free"
            .formatted(bytes(store, "diskFreeBytes"), bytes(store, "minFreeBytes")));
    line(
        "players",
        "%d requests being answered, %d connections"
            .formatted(status.path("plays").asInt(), status.path("connections").asInt()));
    JsonNode cluster = status.path("cluster");
    if (cluster.isObject()) {
      line(
          "cluster",
          "%d nodes see each other%s"
              .formatted(
                  cluster.path("nodes").asInt(),
                  cluster.path("isInCharge").asBoolean() ? "" : "; too few to fetch anything"));
    }
  }

  private static String bytes(JsonNode store, String name) {
    return Printable.bytes(store.path(name).asLong());
  }

  private void line(String what, String text) {
    out.printf("%-8s %s%n", what, Printable.of(text));
  }
}
