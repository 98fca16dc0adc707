package streamcache.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the top command shows at one moment: the server and its disk, players, films that are
 * fetched, and accounts. Pure.
 *
 * @param snapshot the answers of status, plays and accounts, each under its name
 * @param rates what each play gets now, by its id, in bytes a second
 * @param now for how long a play has lasted
 */
record TopFrame(JsonNode snapshot, Map<String, Long> rates, Instant now) {

  private static final int LEAST_WIDTH = 40;
  private static final int BAR = 40;

  TopFrame {
    rates = Map.copyOf(rates);
  }

  /** Lines of at most {@code width} cells, and at most {@code height} of them. */
  List<String> lines(int width, int height) {
    int cells = Math.max(LEAST_WIDTH, width);
    List<String> lines = new ArrayList<>();
    server(lines);
    section(lines, "PLAYER            SENT       RATE         FOR  FILM", plays());
    section(lines, "CONNECTIONS  PLAYERS  FETCHED FROM              FILM", fetched());
    section(lines, "OPEN  LIMIT  CLOSED*  WAITING  ACCOUNT", accounts());
    lines.add("* closed here, and perhaps still counted by the provider");
    if (lines.size() > height) {
      lines.subList(Math.max(0, height - 1), lines.size()).clear();
      lines.add("... more than this terminal can show");
    }
    return lines.stream().map(line -> Columns.cut(Printable.of(line), cells)).toList();
  }

  private void server(List<String> lines) {
    JsonNode status = snapshot.path("status");
    JsonNode store = status.path("store");
    long used = store.path("usedBytes").asLong();
    long most = store.path("maxBytes").asLong();
    lines.add(
        "Streamcache %s, up %s, %s"
            .formatted(
                status.path("version").asString(),
                Printable.time(status.path("uptimeSeconds").asLong()),
                status.path("health").asString()));
    lines.add(
        "cache [%s] %s of %s in %s"
            .formatted(
                bar(used, most),
                Printable.bytes(used),
                Printable.bytes(most),
                Printable.count(store.path("titles").asLong(), "title", "titles")));
    lines.add(
        "disk  %s free, of which %s are left free"
            .formatted(
                Printable.bytes(store.path("diskFreeBytes").asLong()),
                Printable.bytes(store.path("minFreeBytes").asLong())));
  }

  private static String bar(long used, long most) {
    int full = most <= 0 ? 0 : (int) Math.min(BAR, used * BAR / most);
    return "#".repeat(full) + "-".repeat(BAR - full);
  }

  private static void section(List<String> lines, String head, List<String> rows) {
    lines.add("");
    lines.add(head);
    lines.addAll(rows.isEmpty() ? List.of("none") : rows);
  }

  private List<String> plays() {
    List<String> rows = new ArrayList<>();
    for (JsonNode play : snapshot.path("plays")) {
      Long rate = rates.get(play.path("id").asString());
      Duration since = Duration.between(Instant.parse(play.path("since").asString()), now);
      rows.add(
          Columns.left(play.path("client").asString(), 15)
              + Columns.right(Printable.bytes(play.path("sentBytes").asLong()), 9)
              + Columns.right(rate == null ? "" : Printable.bytes(rate) + "/s", 11)
              + Columns.right(Printable.time(Math.max(0, since.toSeconds())), 12)
              + "  "
              + play.path("name").asString());
    }
    return rows;
  }

  private List<String> fetched() {
    List<String> rows = new ArrayList<>();
    for (JsonNode account : snapshot.path("accounts")) {
      for (JsonNode title : account.path("titles")) {
        if (title.path("connections").asInt() > 0) {
          rows.add(
              Columns.right(title.path("connections").asString(), 11)
                  + Columns.right(title.path("players").asString(), 9)
                  + "  "
                  + Columns.left(account.path("account").asString(), 24)
                  + "  "
                  + title.path("name").asString());
        }
      }
    }
    return rows;
  }

  private List<String> accounts() {
    List<String> rows = new ArrayList<>();
    for (JsonNode account : snapshot.path("accounts")) {
      int waiting = 0;
      for (JsonNode title : account.path("titles")) {
        waiting += title.path("waiting").asInt();
      }
      double hold = account.path("holdSeconds").asDouble();
      rows.add(
          Columns.right(account.path("open").asString(), 4)
              + Columns.right(account.path("limit").asString(), 7)
              + Columns.right(account.path("cooling").asString(), 9)
              + Columns.right(Integer.toString(waiting), 9)
              + "  "
              + account.path("account").asString()
              + (hold > 0 ? ", nothing new for " + Printable.time((long) Math.ceil(hold)) : ""));
    }
    return rows;
  }
}
