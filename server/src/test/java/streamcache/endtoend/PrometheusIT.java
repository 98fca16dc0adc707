package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Tool;

/** A real Prometheus reads the metrics with the shipped configuration. */
final class PrometheusIT {

  private static final Content FILM = Content.of(71, 1 << 20);

  @TempDir Path folder;

  @Test
  void shippedConfiguration_realPrometheus_collectsMetersAndLoadsAlerts() throws Exception {
    assumeTrue(Tool.PROMETHEUS.isPresent(), Tool.PROMETHEUS::missing);
    try (ScriptedOrigin provider = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
        Product product = Product.start(folder.resolve("product"), Map.of())) {
      RawClient.get(product.address(), product.link(provider.url("/film.mkv")))
          .check(FILM, 0, FILM.length());
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", freePort());
      Process prometheus = prometheus(product.address().getPort(), address.getPort());
      try {
        awaitCollected(address);
        assertThat(ask(address, "/api/v1/rules")).contains("StreamcacheProviderFailing");
        assertThat(ask(address, "/api/v1/targets")).contains("\"health\":\"up\"");
      } finally {
        prometheus.destroy();
        assertThat(prometheus.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(provider.requests("/film.mkv")).hasSize(1);
    }
  }

  /** Starts with the shipped files, in which only the target and the interval are changed. */
  private Process prometheus(int target, int port) throws IOException {
    Path shipped = Path.of("..", "dist", "monitoring");
    Path configuration = folder.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        Files.readString(shipped.resolve("prometheus.yml"))
            .replace("streamcache:8080", "127.0.0.1:" + target)
            .replace("15s", "1s"));
    Files.copy(shipped.resolve("alerts.yml"), folder.resolve("alerts.yml"));
    return new ProcessBuilder(
            Tool.PROMETHEUS.program(),
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  private static void awaitCollected(InetSocketAddress prometheus) throws Exception {
    String answer = "";
    for (int look = 0; look < 300; look++) {
      try {
        answer = ask(prometheus, "/api/v1/query?query=streamcache_player_bytes_total");
      } catch (IOException notYet) {
        answer = notYet.toString();
      }
      if (answer.contains("\"source\":\"provider\"") && answer.contains("\"" + FILM.length())) {
        return;
      }
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
    throw new AssertionError(answer);
  }

  private static String ask(InetSocketAddress prometheus, String target) throws IOException {
    return RawClient.get(prometheus, target).text();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
