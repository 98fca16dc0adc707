package streamcache.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server tells a command of its own process.
 *
 * @param instance identifies the server
 * @param heapBytes most bytes that its heap may have
 * @param limits of its container or service
 */
record SelfCheckAbout(String instance, String version, long heapBytes, ContainerLimits limits) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static SelfCheckAbout ofThisProcess(String instance) {
    return new SelfCheckAbout(
        instance,
        Version.current(),
        Runtime.getRuntime().maxMemory(),
        ContainerLimits.ofThisProcess());
  }

  String json() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("instance", instance)
            .put("version", version)
            .put("heapBytes", heapBytes)
            .put("kills", limits.kills());
    limits.memoryBytes().ifPresent(bytes -> json.put("memoryBytes", bytes));
    limits.processors().ifPresent(processors -> json.put("processors", processors));
    return json.toString();
  }

  /** Empty if the text is not what {@link #json} writes. */
  static Optional<SelfCheckAbout> parse(JsonNode json) {
    JsonNode memory = json.path("memoryBytes");
    JsonNode processors = json.path("processors");
    return json.path("instance").isString() && json.path("heapBytes").isIntegralNumber()
        ? Optional.of(
            new SelfCheckAbout(
                json.path("instance").asString(),
                json.path("version").asString(""),
                json.path("heapBytes").asLong(),
                new ContainerLimits(
                    memory.isNumber() ? OptionalLong.of(memory.asLong()) : OptionalLong.empty(),
                    processors.isNumber()
                        ? OptionalDouble.of(processors.asDouble())
                        : OptionalDouble.empty(),
                    json.path("kills").asLong(0))))
        : Optional.empty();
  }
}
