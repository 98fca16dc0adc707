package streamcache.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What a provider has answered to the running server, as its API tells.
 *
 * @param host that answered, with its secrets hidden
 * @param status empty if it did not answer
 * @param took until it answered
 * @param fields that may be shown, by their name in lower case
 * @param problem why the film cannot be played, and what to do
 */
record ProviderAnswer(
    String host,
    OptionalInt status,
    Duration took,
    Map<String, String> fields,
    Optional<String> problem) {

  ProviderAnswer {
    fields = Map.copyOf(fields);
  }

  static ProviderAnswer of(JsonNode json) {
    Map<String, String> fields = new HashMap<>();
    for (JsonNode field : json.path("fields")) {
      field
          .path("value")
          .asStringOpt()
          .ifPresent(
              value -> fields.put(field.path("name").asString("").toLowerCase(Locale.ROOT), value));
    }
    JsonNode status = json.path("status");
    return new ProviderAnswer(
        json.path("host").asString(""),
        status.isNumber() ? OptionalInt.of(status.asInt()) : OptionalInt.empty(),
        Duration.ofMillis(Math.round(json.path("seconds").asDouble(0) * 1000)),
        fields,
        json.path("problem").asStringOpt());
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** In words, for the response to a request for the first byte of a film. */
  String words() {
    String range = field("content-range").orElse("");
    String total = range.contains("/") ? range.substring(range.lastIndexOf('/') + 1) : "unknown";
    boolean hasRanges = status.equals(OptionalInt.of(206));
    return "%s answered after %d ms; length %s, type %s, ranges %s"
        .formatted(
            host,
            took.toMillis(),
            hasRanges ? total : field("content-length").orElse("unknown"),
            field("content-type").map(type -> type.replaceFirst(";.*", "")).orElse("unknown"),
            hasRanges ? "work" : "do not work, so seeking waits for the download");
  }
}
