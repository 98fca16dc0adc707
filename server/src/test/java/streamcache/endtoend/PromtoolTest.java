package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.Run;

/** Checks the metrics page, and the files of dist/monitoring, with promtool of Prometheus. */
final class PromtoolTest {

  private static final Content FILM = Content.of(11, 1 << 20);

  @TempDir Path folder;

  @Test
  void metrics_afterSomePlays_haveNothingToComplainAbout() throws IOException {
    assumeTrue(Tool.PROMTOOL.isPresent(), Tool.PROMTOOL::missing);
    Path metrics = folder.resolve("metrics");
    try (Rig rig =
        Rig.start().serve("/film.mkv", Script.of(FILM)).serve("/gone.mkv", Script.status(404))) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.get("/film.mkv", "Range: bytes=5-9").check(FILM, 5, 10);
      rig.get("/gone.mkv");
      RawClient.get(rig.address(), rig.link("/film.mkv"), "Sec-Fetch-Site: cross-site");
      Files.writeString(metrics, RawClient.get(rig.address(), "/metrics").text());
    }
    Run check =
        Run.of(
            new ProcessBuilder(Tool.PROMTOOL.program(), "check", "metrics")
                .redirectInput(metrics.toFile()));
    assertThat(Files.readString(metrics)).contains("streamcache_refusals_total");
    assertThat(check.out() + check.err()).isBlank();
    assertThat(check.exitCode()).isZero();
  }

  @Test
  void monitoring_configurationAndAlerts_areValidAndFire() {
    assumeTrue(Tool.PROMTOOL.isPresent(), Tool.PROMTOOL::missing);
    for (List<String> check :
        List.of(
            List.of("check", "config", "prometheus.yml"),
            List.of("test", "rules", "alerts-test.yml"))) {
      ProcessBuilder promtool =
          new ProcessBuilder(Tool.PROMTOOL.program())
              .directory(Path.of("..", "dist", "monitoring").toFile());
      promtool.command().addAll(check);
      Run run = Run.of(promtool);
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }
  }

  /** Every alert has been seen to fire. */
  @Test
  void monitoring_eachAlert_hasATest() throws IOException {
    Path folder = Path.of("..", "dist", "monitoring");
    String tests = Files.readString(folder.resolve("alerts-test.yml"));
    List<String> alerts =
        Files.readAllLines(folder.resolve("alerts.yml")).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("- alert: "))
            .map(line -> line.substring("- alert: ".length()))
            .toList();
    assertThat(alerts)
        .hasSizeGreaterThan(5)
        .allSatisfy(alert -> {
          int at = tests.indexOf("alertname: " + alert);
          assertThat(at).as(alert).isPositive();
          assertThat(tests).as(alert).containsPattern("alertname: " + alert + "\n +exp_alerts:\n");
        });
  }
}
