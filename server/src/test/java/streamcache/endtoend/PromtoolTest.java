package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.Run;

/** Checks the metrics page with promtool of Prometheus. */
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
}
