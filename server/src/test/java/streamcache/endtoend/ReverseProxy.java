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
import streamcache.testkit.RawClient;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.Run;

/** nginx, HAProxy or Caddy as a real process between players and the server. Owned by a test. */
final class ReverseProxy implements AutoCloseable {

  private static final String SHIPPED = "../deploy/compose";

  private final Process process;
  private final InetSocketAddress address;
  private final Path log;

  private ReverseProxy(Process process, InetSocketAddress address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /**
   * @param servers what stands in the block {@code http}, for {@code nginx -t} first
   */
  static ReverseProxy nginx(Path folder, int port, String servers) throws Exception {
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
        %2$s
        }
        """
            .formatted(folder, servers));
    List<String> command = List.of("nginx", "-c", configuration.toString());
    Run check = Run.of(withSystemPrograms(List.of("nginx", "-t", "-c", configuration.toString())));
    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(check.err()).doesNotContain("[warn]");
    return start(folder, withSystemPrograms(command), port);
  }

  /** As deploy/compose/nginx.conf has it, but for the places of files, ports and the server. */
  static ReverseProxy shippedNginx(Path folder, int port, int upstream, Path certificate, Path key)
      throws Exception {
    String shipped = Files.readString(Path.of(SHIPPED, "nginx.conf"));
    Map<String, String> places =
        Map.of(
            "server streamcache:8080;", "server 127.0.0.1:" + upstream + ";",
            "listen 80;", "listen 127.0.0.1:" + freePort() + ";",
            "listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;",
            "/etc/nginx/certificates/fullchain.pem", certificate.toString(),
            "/etc/nginx/certificates/privkey.pem", key.toString());
    for (Map.Entry<String, String> place : places.entrySet()) {
      assertThat(shipped).contains(place.getKey());
      shipped = shipped.replace(place.getKey(), place.getValue());
    }
    return nginx(folder, port, shipped);
  }

  /** With a whole configuration, which {@code haproxy -c} checks first. */
  static ReverseProxy haproxy(Path folder, int port, String configuration) throws Exception {
    Path file = folder.resolve("haproxy.cfg");
    Files.writeString(file, configuration);
    Run check = Run.of(withSystemPrograms(List.of("haproxy", "-c", "-f", file.toString())));
    assertThat(check.exitCode()).as(check.err()).isZero();
    List<String> command = List.of("haproxy", "-db", "-f", file.toString());
    return start(folder, withSystemPrograms(command), port);
  }

  /** With deploy/compose/Caddyfile as it is. */
  static ReverseProxy shippedCaddy(Path folder, int port, int upstream) throws Exception {
    ProcessBuilder caddy =
        new ProcessBuilder(
            Tool.CADDY.program(),
            "run",
            "--adapter",
            "caddyfile",
            "--config",
            SHIPPED + "/Caddyfile");
    caddy
        .environment()
        .putAll(
            Map.of(
                "DOMAIN", "http://127.0.0.1:" + port,
                "UPSTREAM", "127.0.0.1:" + upstream,
                "CADDY_ADMIN", "127.0.0.1:" + freePort(),
                "XDG_DATA_HOME", folder.toString(),
                "XDG_CONFIG_HOME", folder.toString()));
    return start(folder, caddy, port);
  }

  private static ProcessBuilder withSystemPrograms(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().merge("PATH", "/usr/sbin", (old, sbin) -> old + ":" + sbin);
    return builder;
  }

  private static ReverseProxy start(Path folder, ProcessBuilder command, int port)
      throws Exception {
    Path log = folder.resolve("proxy.log");
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ReverseProxy proxy = new ReverseProxy(process, new InetSocketAddress("127.0.0.1", port), log);
    proxy.awaitListening();
    return proxy;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  InetSocketAddress address() {
    return address;
  }

  private void awaitListening() throws Exception {
    for (int look = 0; look < 300; look++) {
      try {
        RawClient.connect(address).close();
        return;
      } catch (IOException notYet) {
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
      }
    }
    throw new AssertionError(Files.readString(log));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }
}
