package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/** Behind nginx, under a path, set up as docs/operating.md describes. */
final class ReverseProxyIT {

  private static final Content FILM = Content.of(61, 3_000_001);
  private static final String STRANGER = "X-Forwarded-For: 8.8.8.8";

  @TempDir Path folder;

  /** In nginx, a path after the address strips the prefix; no path keeps it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void linksOfTheTool_playThroughTheProxy(String path) throws Exception {
    int proxyPort = freePort();
    Map<String, String> settings =
        Map.of(
            "BASE_URL", "http://127.0.0.1:" + proxyPort + "/films", "TRUSTED_PROXIES", "127.0.0.1");
    try (ScriptedOrigin provider = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
        Product product = Product.start(folder, settings)) {
      Process nginx = nginx(proxyPort, product.address().getPort() + path);
      try {
        InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", proxyPort);
        awaitListening(proxy);
        Run link = Product.run(folder, settings, "link", provider.url("/film.mkv"));
        assertThat(link.exitCode()).as(link.err()).isZero();
        String target = link.out().strip().replace("http://127.0.0.1:" + proxyPort, "");
        assertThat(target).startsWith("/films/e/");
        RawClient.get(proxy, target).check(FILM, 0, FILM.length());
        RawClient.get(proxy, target, RawClient.range(1_000_000, 2_000_000))
            .check(FILM, 1_000_000, 2_000_000);
        RawClient.get(proxy, target, STRANGER).check(FILM, 0, FILM.length());
        String plain = "/films" + product.link(provider.url("/film.mkv"));
        assertThat(RawClient.get(proxy, plain).status()).as("from home").isEqualTo(200);
        assertThat(RawClient.get(proxy, "/films/healthz").text()).startsWith("ok");
        Answer direct = RawClient.get(product.address(), target);
        assertThat(direct.status()).as("past the proxy").isEqualTo(200);
        assertThat(provider.requests("/film.mkv")).hasSize(1);
      } finally {
        nginx.destroy();
        assertThat(nginx.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private Process nginx(int port, String upstream) throws IOException {
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off; master_process off; pid %1$s/nginx.pid; error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          server {
            listen 127.0.0.1:%2$d;
            location /films/ {
              proxy_pass http://127.0.0.1:%3$s;
              proxy_http_version 1.1;
              proxy_set_header Host $host;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_buffering off;
            }
          }
        }
        """
            .formatted(folder, port, upstream));
    ProcessBuilder builder =
        new ProcessBuilder(List.of("nginx", "-c", configuration.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile());
    builder.environment().merge("PATH", "/usr/sbin", (old, sbin) -> old + ":" + sbin);
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening(InetSocketAddress address) throws Exception {
    for (int look = 0; look < 100; look++) {
      try {
        RawClient.connect(address).close();
        return;
      } catch (IOException notYet) {
        assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
      }
    }
    throw new AssertionError(Files.readString(folder.resolve("nginx.log")));
  }
}
