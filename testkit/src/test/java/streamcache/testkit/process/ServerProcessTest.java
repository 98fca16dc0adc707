package streamcache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ServerProcessTest {

  @Test
  void awaitLine_output_isAnEvent() {
    try (ServerProcess server = shell("echo ready port=$WANTED; exec sleep 60")) {
      assertThat(server.awaitPort(Pattern.compile("port=(\\d+)"))).isEqualTo(4711);
      assertThat(server.residentBytes()).isPositive();
      assertThat(server.openDescriptors()).isGreaterThanOrEqualTo(3);
      server.kill9();
      assertThat(server.isAlive()).isFalse();
    }
  }

  @Test
  void awaitLine_processEnds_failsWithItsOutput() {
    try (ServerProcess server = shell("echo went wrong >&2; exit 3")) {
      assertThatThrownBy(() -> server.awaitLine(Pattern.compile("ready")))
          .hasMessageContaining("went wrong");
      assertThat(server.awaitExit()).isEqualTo(3);
    }
  }

  @Test
  void terminate_trapped_givesTheExitCode() {
    try (ServerProcess server =
        shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.1; done")) {
      server.awaitLine(Pattern.compile("ready"));
      assertThat(server.terminate()).isEqualTo(7);
    }
  }

  private static ServerProcess shell(String script) {
    return ServerProcess.start(List.of("/bin/sh", "-c", script), Map.of("WANTED", "4711"));
  }
}
