package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import streamcache.testkit.RawClient;

/** A proxy of somebody else before the product: nginx or HAProxy, in a process of its own. */
final class ProxyProcess implements AutoCloseable {

  private final Process process;
  private final InetSocketAddress address;

  private ProxyProcess(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts nginx and waits until it listens.
   *
   * @param folder for its files
   * @param http what its block {@code http} holds
   * @param port where that listens
   */
  static ProxyProcess nginx(Path folder, String http, int port) throws Exception {
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
            .formatted(folder, http));
    return start(folder, List.of("nginx", "-c", configuration.toString()), port);
  }

  /** Starts HAProxy and waits until it listens at that port. */
  static ProxyProcess haproxy(Path folder, String configuration, int port) throws Exception {
    Path file = folder.resolve("haproxy.cfg");
    Files.writeString(file, configuration);
    return start(folder, List.of("haproxy", "-db", "-f", file.toString()), port);
  }

  private static ProxyProcess start(Path folder, List<String> command, int port) throws Exception {
    Path log = folder.resolve("proxy.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().merge("PATH", "/usr/sbin", (old, sbin) -> old + ":" + sbin);
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    ProxyProcess proxy = new ProxyProcess(builder.start(), address);
    proxy.awaitListening(log);
    return proxy;
  }

  private void awaitListening(Path log) throws Exception {
    for (int look = 0; look < 100; look++) {
      try {
        RawClient.connect(address).close();
        return;
      } catch (IOException notYet) {
        assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
      }
    }
    throw new AssertionError(Files.readString(log));
  }

  InetSocketAddress address() {
    return address;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }
}
