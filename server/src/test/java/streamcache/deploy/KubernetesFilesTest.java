package streamcache.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The manifests: as the API wants them, with parts that fit together and settings that exist. */
final class KubernetesFilesTest {

  private static final Path CLUSTER = DeployFiles.ROOT.resolve("deploy/kubernetes/cluster.yaml");

  /** Checks one object against the description of the API; it refuses fields that it lacks. */
  private interface Check {
    void run(JsonElement object) throws IOException;
  }

  /** By API version and kind. */
  private static final Map<String, Check> CHECKS =
      Map.of(
          "v1/Service", V1Service::validateJsonElement,
          "apps/v1/StatefulSet", V1StatefulSet::validateJsonElement,
          "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement,
          "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

  static Stream<Path> manifests() throws IOException {
    return DeployFiles.below("deploy/kubernetes", ".yaml").stream();
  }

  private static JsonNode only(Path file, String kind, String name) throws IOException {
    List<JsonNode> found =
        DeployFiles.documents(file).stream()
            .filter(each -> each.path("kind").asString().equals(kind))
            .filter(each -> each.at("/metadata/name").asString().equals(name))
            .toList();
    assertThat(found).as(kind + " " + name).hasSize(1);
    return found.getFirst();
  }

  private static JsonNode server(Path file) throws IOException {
    return DeployFiles.documents(file).stream()
        .filter(each -> each.path("kind").asString().equals("StatefulSet"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode container(Path file) throws IOException {
    return server(file).at("/spec/template/spec/containers/0");
  }

  private static JsonNode variable(Path file, String name) throws IOException {
    return container(file).path("env").values().stream()
        .filter(each -> each.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifest_models_knowEveryField(Path file) throws IOException {
    for (JsonNode object : DeployFiles.documents(file)) {
      String kind = object.path("apiVersion").asString() + "/" + object.path("kind").asString();
      assertThat(CHECKS).as("a check").containsKey(kind);
      CHECKS.get(kind).run(JsonParser.parseString(object.toString()));
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifest_selectors_chooseThePodsOfThisFile(Path file) throws IOException {
    JsonNode labels = server(file).at("/spec/template/metadata/labels");
    assertThat(labels.isObject()).isTrue();
    for (JsonNode object : DeployFiles.documents(file)) {
      List<JsonNode> selectors =
          object.findValues("selector").stream()
              .map(each -> each.has("matchLabels") ? each.path("matchLabels") : each)
              .toList();
      assertThat(selectors).allSatisfy(each -> assertThat(each).isEqualTo(labels));
      assertThat(object.findValues("podSelector"))
          .allSatisfy(each -> assertThat(each.path("matchLabels")).isEqualTo(labels));
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifest_environment_isKnown(Path file) throws IOException {
    Set<String> names =
        container(file).path("env").values().stream()
            .map(each -> each.path("name").asString())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).contains("BASE_URL", "CACHE_DIR", "CONFIG_DIR", "SECRET_KEY_FILE");
    DeployFiles.assertKnown(file, names);
  }

  /** Each of them asks the port that listens, and a file on a volume that is mounted. */
  @ParameterizedTest
  @MethodSource("manifests")
  void manifest_probesAndFolders_areThoseOfTheServer(Path file) throws IOException {
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container(file).path(probe).path("httpGet").toString())
          .isEqualTo("{\"path\":\"/healthz\",\"port\":\"http\"}");
    }
    assertThat(container(file).at("/ports/0").toString())
        .isEqualTo("{\"name\":\"http\",\"containerPort\":8080}");
    List<String> mounted =
        container(file).path("volumeMounts").values().stream()
            .map(each -> each.path("mountPath").asString() + "/")
            .toList();
    for (String folder : List.of("CACHE_DIR", "CONFIG_DIR", "SECRET_KEY_FILE")) {
      String path = variable(file, folder).path("value").asString();
      assertThat(mounted).as(path).anyMatch(path::startsWith);
    }
  }

  /** Nothing in it can be applied without keys of one's own, and the command makes all of them. */
  @ParameterizedTest
  @MethodSource("manifests")
  void manifest_secrets_areMadeByTheCommandInItsComment(Path file) throws IOException {
    Set<String> keys = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (JsonNode reference : server(file).findValues("secretKeyRef")) {
      names.add(reference.path("name").asString());
      keys.add(reference.path("key").asString());
    }
    JsonNode volume = server(file).findValue("secret");
    names.add(volume.path("secretName").asString());
    keys.add(volume.at("/items/0/key").asString());
    assertThat(names).hasSize(1);
    String comment =
        Files.readAllLines(file).stream()
            .takeWhile(line -> line.startsWith("#"))
            .collect(Collectors.joining("\n"));
    assertThat(comment).contains("kubectl create secret generic " + names.iterator().next());
    assertThat(keys)
        .allSatisfy(key -> assertThat(comment).contains("--from-literal=" + key + "=\""));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifest_rights_areNone(Path file) throws IOException {
    assertThat(container(file).path("securityContext").toString())
        .isEqualTo(
            "{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,"
                + "\"capabilities\":{\"drop\":[\"ALL\"]}}");
    JsonNode pod = server(file).at("/spec/template/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  @Test
  void cluster_nodes_findEachOtherByTheHeadlessService() throws IOException {
    JsonNode service = only(CLUSTER, "Service", "streamcache-nodes").path("spec");
    assertThat(variable(CLUSTER, "CLUSTER").path("value").asString())
        .isEqualTo("dns://streamcache-nodes");
    assertThat(server(CLUSTER).at("/spec/serviceName").asString()).isEqualTo("streamcache-nodes");
    assertThat(server(CLUSTER).at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(service.path("clusterIP").asString()).isEqualTo("None");
    assertThat(service.path("publishNotReadyAddresses").asBoolean()).isTrue();
    assertThat(service.path("ports").values().stream().map(each -> each.path("port").asInt()))
        .containsExactly(7800, 7801, 7802);
    JsonNode policy = only(CLUSTER, "NetworkPolicy", "streamcache-cluster");
    assertThat(policy.at("/spec/ingress/1/ports/0").toString())
        .isEqualTo("{\"port\":7800,\"endPort\":7802}");
    assertThat(policy.at("/spec/ingress/1/from/0/podSelector/matchLabels").isObject()).isTrue();
  }
}
