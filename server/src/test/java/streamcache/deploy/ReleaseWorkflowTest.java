package streamcache.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The workflow that publishes a release, as far as it can be checked without GitHub. */
final class ReleaseWorkflowTest {

  /** A script or a file of ours in a line of shell. */
  private static final Pattern OURS =
      Pattern.compile("(?<![\\w/.-])(?:\\./)?(dist/[a-zA-Z/-]+|verify)(?= |$)");

  private static JsonNode workflow() throws IOException {
    List<JsonNode> documents =
        DeployFiles.documents(DeployFiles.ROOT.resolve(".github/workflows/release.yml"));
    assertThat(documents).hasSize(1);
    return documents.getFirst();
  }

  private static List<JsonNode> steps() throws IOException {
    List<JsonNode> steps = new ArrayList<>();
    for (JsonNode job : workflow().path("jobs").values()) {
      steps.addAll(job.path("steps").values());
    }
    assertThat(steps).hasSizeGreaterThan(8);
    return steps;
  }

  @Test
  void workflow_beginsWithATagOfAVersion() throws IOException {
    // YAML reads the word "on" as true.
    assertThat(workflow().at("/true/push/tags/0").asString()).isEqualTo("v[0-9]+.[0-9]+.[0-9]+");
    assertThat(workflow().path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
  }

  @Test
  void jobs_waitForJobsThatExist_andPublishLast() throws IOException {
    JsonNode jobs = workflow().path("jobs");
    for (Map.Entry<String, JsonNode> job : jobs.properties()) {
      assertThat(job.getValue().path("runs-on").isString()).as(job.getKey()).isTrue();
      assertThat(job.getValue().path("timeout-minutes").asInt(0)).as(job.getKey()).isPositive();
      JsonNode needs = job.getValue().path("needs");
      assertThat(needs.isMissingNode() || jobs.has(needs.asString())).as(job.getKey()).isTrue();
    }
    assertThat(jobs.at("/publish/needs").asString()).isEqualTo("build");
    assertThat(jobs.at("/build/needs").asString()).isEqualTo("verify");
  }

  /** What it runs is run by ./verify as well. */
  @Test
  void steps_scriptsThatTheyCall_existAndAreTested() throws IOException {
    String verify = Files.readString(DeployFiles.ROOT.resolve("verify"));
    List<String> called = new ArrayList<>();
    for (JsonNode step : steps()) {
      OURS.matcher(step.path("run").asString(""))
          .results()
          .forEach(found -> called.add(found.group(1)));
    }
    assertThat(called)
        .contains("dist/package", "dist/release", "dist/container/Dockerfile", "verify")
        .allSatisfy(script -> {
          Path file = DeployFiles.ROOT.resolve(script);
          assertThat(file).isRegularFile();
          if (!script.endsWith("Dockerfile")) {
            assertThat(file).isExecutable();
          }
        });
    assertThat(verify).contains("dist/release-test", "dist/package-test", "dist/container-test");
  }

  /** No program of others is brought in beside GitHub's own, and no token stands in a command. */
  @Test
  void steps_useGitHubsActionsOnly_andNameTokensInTheEnvironment() throws IOException {
    for (JsonNode step : steps()) {
      if (step.has("uses")) {
        assertThat(step.path("uses").asString()).matches("actions/[a-z-]+@v[0-9]+");
      }
      assertThat(step.path("run").asString("")).doesNotContain("secrets.");
    }
  }
}
