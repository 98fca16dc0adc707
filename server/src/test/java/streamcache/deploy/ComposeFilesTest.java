package streamcache.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The compose files: as the specification wants them, and with settings that exist. */
final class ComposeFilesTest {

  private static final Schema SCHEMA = schema();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

  static Stream<Path> composeFiles() throws IOException {
    return Stream.concat(
        Stream.of(DeployFiles.ROOT.resolve("compose.yaml")),
        DeployFiles.below("deploy/compose", ".yaml").stream()
            .filter(file -> !file.endsWith("traefik-routes.yaml")));
  }

  private static JsonNode read(Path file) throws IOException {
    List<JsonNode> documents = DeployFiles.documents(file);
    assertThat(documents).hasSize(1);
    return documents.getFirst();
  }

  private static boolean isOurs(Map.Entry<String, JsonNode> service) {
    return service.getKey().equals("streamcache")
        || service.getValue().path("image").asString("").startsWith("streamcache:");
  }

  @ParameterizedTest
  @MethodSource("composeFiles")
  void file_schemaOfTheSpecification_isSatisfied(Path file) throws IOException {
    assertThat(SCHEMA.validate(read(file))).isEmpty();
  }

  private static Schema schema() {
    try (InputStream text =
        ComposeFilesTest.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
      ObjectNode written = (ObjectNode) JsonMapper.builder().build().readTree(text);
      // It names a dialect that does not have the word "id", which it uses as a remark.
      written.remove("$schema");
      written.findParents("id").forEach(ComposeFilesTest::dropRemark);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
          .getSchema(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void dropRemark(JsonNode schema) {
    if (schema.path("id").isString()) {
      ((ObjectNode) schema).remove("id");
    }
  }

  @ParameterizedTest
  @MethodSource("composeFiles")
  void file_environmentOfStreamcache_isKnown(Path file) throws IOException {
    for (Map.Entry<String, JsonNode> service : read(file).path("services").properties()) {
      if (isOurs(service)) {
        DeployFiles.assertKnown(file, service.getValue().path("environment").propertyNames());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("composeFiles")
  void file_servicesWithAnImage_keepALogOfBoundedSize(Path file) throws IOException {
    for (Map.Entry<String, JsonNode> service : read(file).path("services").properties()) {
      JsonNode it = service.getValue();
      if (it.has("image")) {
        assertThat(it.at("/logging/options").propertyNames())
            .as(service.getKey())
            .contains("max-size", "max-file");
        assertThat(it.path("image").asString())
            .as("another program has one version")
            .matches("streamcache:latest|[a-z/]+:v?[0-9][0-9.]+");
      }
    }
  }

  /** Relative places begin at compose.yaml, unless the file stands by itself. */
  @ParameterizedTest
  @MethodSource("composeFiles")
  void file_mountedFiles_exist(Path file) throws IOException {
    for (Map.Entry<String, JsonNode> service : read(file).path("services").properties()) {
      for (JsonNode volume : service.getValue().path("volumes").values()) {
        String source = volume.asString().split(":", -1)[0];
        if (source.startsWith(".")) {
          assertThat(DeployFiles.ROOT.resolve(source)).isRegularFile();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("composeFiles")
  void file_whatItAsksFor_isInTheTable(Path file) throws IOException {
    Set<String> asked =
        VARIABLE
            .matcher(Files.readString(file))
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Path table = DeployFiles.ROOT.resolve("deploy/README.md");
    String name = file.getFileName().toString();
    String row =
        Files.readAllLines(table).stream()
            .filter(line -> line.contains("(compose/" + name + ")"))
            .findFirst()
            .orElse("BASE_URL");
    assertThat(asked)
        .allSatisfy(
            variable -> assertThat(row).contains(variable.equals("BASE_URL") ? "" : variable));
    assertThat(Files.readString(table)).contains(name);
  }

  /** A proxy that is not trusted by its address would make all players one. */
  @ParameterizedTest
  @MethodSource("composeFiles")
  void file_trustedProxy_isTheAddressOfTheProxy(Path file) throws IOException {
    JsonNode services = read(file).path("services");
    JsonNode trusted = services.at("/streamcache/environment/TRUSTED_PROXIES");
    if (trusted.isString()) {
      List<String> addresses =
          services.values().stream()
              .map(service -> service.at("/networks/proxy/ipv4_address").asString(""))
              .filter(address -> !address.isEmpty())
              .toList();
      assertThat(addresses).containsExactly(trusted.asString());
      assertThat(services.at("/streamcache/environment/BASE_URL").asString())
          .startsWith("https://");
    }
  }

  @Test
  void cluster_nodes_areThoseThatItNames() throws IOException {
    JsonNode services =
        read(DeployFiles.ROOT.resolve("deploy/compose/cluster.yaml")).path("services");
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      JsonNode node = service.getValue();
      assertThat(node.path("hostname").asString()).isEqualTo(service.getKey());
      assertThat(node.at("/environment/CLUSTER").asString())
          .isEqualTo(
              services.propertyNames().stream()
                  .map(name -> name + ":7800")
                  .collect(Collectors.joining(",", "tcp://", "")));
      assertThat(node.path("volumes").values().stream().map(JsonNode::asString))
          .containsExactly(service.getKey() + ":/var/cache/streamcache", "config:/etc/streamcache");
    }
    assertThat(services.propertyNames()).hasSize(3);
  }
}
