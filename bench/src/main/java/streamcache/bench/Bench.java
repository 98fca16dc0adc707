package streamcache.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Measures the built distribution beside nginx and prints tables for docs/performance.md. Started
 * by {@code bench/run}; takes the folder of the distribution.
 */
public final class Bench {

  private static final int ROUNDS = 5;
  private static final Duration EACH = Duration.ofMillis(1500);
  private static final int NGINX_PORT = 28391;
  private static final int PRODUCT_PORT = 28392;
  private static final double GB = 1e9;

  private final Path distribution;
  private final Path folder;

  private Bench(Path distribution, Path folder) {
    this.distribution = distribution;
    this.folder = folder;
  }

  /** Runs everything; the only argument is the distribution's folder. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("streamcache-bench");
    Bench bench = new Bench(Path.of(arguments[0]).toAbsolutePath(), folder);
    Film.write(folder.resolve("film.mkv"));
    try (Server nginx = bench.nginx()) {
      bench.startTime();
      try (Server product = bench.product()) {
        Sink.whole(product.address(), product.target(), /* players= */ 1);
        bench.whole(List.of(nginx, product));
        bench.ranges(List.of(nginx, product), 64 * 1024);
        bench.ranges(List.of(nginx, product), 1024);
        bench.tee(product);
        bench.coldFirstByte(nginx, product);
        bench.slowReaders(product);
      }
    }
  }

  private Server nginx() throws IOException {
    Path config = folder.resolve("nginx.conf");
    Files.writeString(config, Film.nginxConfig(folder, NGINX_PORT));
    List<String> command = List.of("nginx", "-c", config.toString(), "-g", "daemon off;");
    return Server.start("nginx", command, Map.of(), NGINX_PORT, "/film.mkv");
  }

  private Server product() throws IOException {
    Map<String, String> environment =
        Map.of(
            "PORT",
            Integer.toString(PRODUCT_PORT),
            "BIND",
            "127.0.0.1",
            "CACHE_DIR",
            folder.resolve("cache").toString(),
            "CONFIG_DIR",
            folder.resolve("config").toString(),
            "CACHE_MAX_BYTES",
            "20GB",
            "CACHE_MIN_FREE_BYTES",
            "0",
            "EGRESS_ALLOW",
            "127.0.0.1:" + NGINX_PORT);
    List<String> command = List.of(distribution.resolve("bin/streamcache").toString());
    return Server.start("streamcache", command, environment, PRODUCT_PORT, link(""));
  }

  /** The same film under as many titles as wanted: the query makes the key another one. */
  private static String link(String query) {
    String url = "http://127.0.0.1:" + NGINX_PORT + "/film.mkv" + query;
    return "/u/"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(url.getBytes(StandardCharsets.UTF_8));
  }

  private void whole(List<Server> servers) throws IOException {
    System.out.printf(
        Locale.ROOT, "| cached whole file, connections | server | GB/s | CPU s/GB |%n");
    System.out.printf(Locale.ROOT, "|---|---|---|---|%n");
    for (int connections : new int[] {1, 16, 64}) {
      Map<String, Series> rate = series(servers);
      Map<String, Series> cost = series(servers);
      for (int round = 0; round < ROUNDS; round++) {
        for (Server server : servers) {
          double cpu = server.cpuSeconds();
          long begun = System.nanoTime();
          long bytes = Sink.drain(server.address(), server.target(), connections, EACH);
          of(rate, server).add(bytes / GB / ((System.nanoTime() - begun) / 1e9));
          of(cost, server).add((server.cpuSeconds() - cpu) / (bytes / GB));
        }
      }
      for (Server server : servers) {
        System.out.printf(
            Locale.ROOT,
            "| %d | %s | %.2f | %.3f |%n",
            connections,
            server.name(),
            of(rate, server).median(),
            of(cost, server).median());
      }
    }
  }

  private void ranges(List<Server> servers, int size) throws IOException, InterruptedException {
    Map<String, Series> rate = series(servers);
    Map<String, Series> cost = series(servers);
    for (int round = 0; round < ROUNDS; round++) {
      for (Server server : servers) {
        double cpu = server.cpuSeconds();
        Wrk.Result result = Wrk.run(folder, server, size);
        of(rate, server).add(result.requestsASecond());
        of(cost, server).add((server.cpuSeconds() - cpu) * 1e6 / result.requests());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| cached ranges of %d bytes, 64 connections | requests/s | CPU us/request |%n",
        size);
    System.out.printf(Locale.ROOT, "|---|---|---|%n");
    for (Server server : servers) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.1f |%n",
          server.name(),
          of(rate, server).median(),
          of(cost, server).median());
    }
  }

  /**
   * The writer's share is what one follower costs beyond plain sendfile; the rest is per follower.
   */
  private void tee(Server product) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "| tee of a cold title, followers | CPU s in all | CPU s per GB beyond the first |%n");
    System.out.printf(Locale.ROOT, "|---|---|---|%n");
    double single = 0;
    double film = Film.BYTES / GB;
    for (int followers : new int[] {1, 8, 64}) {
      Series cpu = new Series();
      for (int round = 0; round < 3; round++) {
        double before = product.cpuSeconds();
        Sink.whole(product.address(), link("?tee=" + followers + "." + round), followers);
        cpu.add(product.cpuSeconds() - before);
      }
      single = followers == 1 ? cpu.median() : single;
      double beyond = followers == 1 ? 0 : (cpu.median() - single) / (film * (followers - 1));
      System.out.printf(Locale.ROOT, "| %d | %.2f | %.3f |%n", followers, cpu.median(), beyond);
    }
  }

  private void coldFirstByte(Server nginx, Server product) throws IOException {
    Series direct = new Series();
    Series through = new Series();
    for (int i = 0; i < 20; i++) {
      direct.add(Sink.firstByteMillis(nginx.address(), nginx.target()));
      through.add(Sink.firstByteMillis(product.address(), link("?cold=" + i)));
    }
    System.out.printf(
        Locale.ROOT,
        "first byte: provider %.1f ms, cold title %.1f ms%n",
        direct.median(),
        through.median());
  }

  private void slowReaders(Server product) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(product.address());
        String request = "GET " + product.target() + " HTTP/1.1\r\nHost: bench\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().read();
      }
      System.out.printf(
          Locale.ROOT, "resident with 500 slow readers: %d MiB%n", product.residentMebibytes());
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private void startTime() throws IOException {
    Series start = new Series();
    Series memory = new Series();
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      try (Server product = product()) {
        Sink.firstByteMillis(product.address(), product.target());
        start.add((System.nanoTime() - begun) / 1e6);
        memory.add((double) product.residentMebibytes());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "start to first byte: %.0f ms; resident then: %.0f MiB%n",
        start.median(),
        memory.median());
  }

  private static Map<String, Series> series(List<Server> servers) {
    Map<String, Series> all = new HashMap<>();
    servers.forEach(server -> all.put(server.name(), new Series()));
    return all;
  }

  private static Series of(Map<String, Series> all, Server server) {
    return Objects.requireNonNull(all.get(server.name()));
  }
}
