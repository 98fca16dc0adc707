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
        "%s of at most %s in %s; evictions go down to %s"
            .formatted(
                bytes(store, "usedBytes"),
                bytes(store, "maxBytes"),
                Printable.count(store.path("titles").asLong(), "title", "titles"),
                bytes(store, "lowWatermarkBytes")));
    line(
        "disk",
        "%s free, of which %s are left free"
            .formatted(bytes(store, "diskFreeBytes"), bytes(store, "minFreeBytes")));
    line(
        "players",
        "%s being answered, %s"
            .formatted(
                Printable.count(status.path("plays").asInt(), "request", "requests"),
                Printable.count(status.path("connections").asInt(), "connection", "connections")));
    JsonNode cluster = status.path("cluster");
    if (cluster.isObject()) {
      line(
          "cluster",
          "%s%s"
              .formatted(
                  Printable.count(
                      cluster.path("nodes").asInt(), "node sees itself", "nodes see each other"),
                  cluster.path("isInCharge").asBoolean() ? "" : "; too few to fetch anything"));
      api.get("/api/v1/cluster").ifPresent(answer -> answer.path("nodes").forEach(this::node));
    }
  }

  private void node(JsonNode node) {
    line(
        "node",
        node.path("place").asString()
            + (node.path("isThis").asBoolean() ? ", which answers" : "")
            + (node.path("isPrimary").asBoolean() ? ", the primary" : ""));
  }

  private static String bytes(JsonNode store, String name) {
    return Printable.bytes(store.path(name).asLong());
  }

  private void line(String what, String text) {
    out.printf("%-8s %s%n", what, Printable.of(text));
  }
}
