package streamcache.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How far the server is with the titles that a command has ordered. One thread. */
final class PrewarmProgress {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> OPEN = Set.of("queued", "running");

  /** Each ordered title as last seen; null before, and once the server lists it no more. */
  private final Map<String, @Nullable JsonNode> items = new LinkedHashMap<>();

  void expect(String id) {
    items.putIfAbsent(id, null);
  }

  int size() {
    return items.size();
  }

  /** Takes over what the server says now; titles that it no longer lists are over. */
  void take(JsonNode queue) {
    items.replaceAll((_, item) -> isOpen(item) ? null : item);
    for (JsonNode item : queue.path("items")) {
      String id = item.path("id").asString();
      if (items.containsKey(id)) {
        items.put(id, item);
      }
    }
  }

  private static boolean isOpen(@Nullable JsonNode item) {
    return item != null && OPEN.contains(item.path("state").asString(""));
  }

  boolean isOver() {
    return items.values().stream().noneMatch(PrewarmProgress::isOpen);
  }

  private long over() {
    return items.values().stream().filter(item -> !isOpen(item)).count();
  }

  private long bytes() {
    return items.values().stream()
        .mapToLong(item -> item == null ? 0 : item.path("storedBytes").asLong(0))
        .sum();
  }

  void show(ProgressBar bar) {
    long waiting =
        items.values().stream()
            .filter(item -> item != null && item.path("state").asString("").equals("running"))
            .filter(item -> !item.path("isFetched").asBoolean(false))
            .count();
    String words =
        "%,d of %s, %s"
            .formatted(
                over(), Printable.count(size(), "title", "titles"), Printable.bytes(bytes()));
    bar.at(over(), size(), waiting == 0 ? words : words + ", waiting for a connection");
  }

  /** A line for each title that could not be fetched. */
  List<String> failed() {
    return items.values().stream()
        .filter(item -> item != null && item.path("state").asString("").equals("failed"))
        .map(item ->
            Printable.of(item.path("name").asString("") + ": " + item.path("words").asString("")))
        .toList();
  }

  String summary() {
    int failed = failed().size();
    return "%s ready%s; %s stored."
        .formatted(
            Printable.count(size() - failed, "title is", "titles are"),
            failed == 0 ? "" : ", %,d failed".formatted(failed),
            Printable.bytes(bytes()));
  }

  ObjectNode json() {
    ObjectNode json = JSON.createObjectNode();
    var list = json.putArray("items");
    items.forEach(
        (id, item) -> list.add(item == null ? JSON.createObjectNode().put("id", id) : item));
    return json;
  }
}
