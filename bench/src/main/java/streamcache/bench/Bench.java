package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures the built distribution against nginx and prints tables for docs/performance.md. Started
 * by {@code bench/run}; takes the folder of the distribution.
 */
public final class Bench {

  private static final int PRODUCT_PORT = 28392;

  private final Path distribution;
  private final Path folder;

  private Bench(Path distribution, Path folder) {
    this.distribution = distribution;
    this.folder = folder;
  }

  /**
   * Runs all measurements; the only argument is the distribution's folder. Leaves no files or
   * processes behind.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.named("streamcache-bench")) {
      new Bench(Path.of(arguments[0]).toAbsolutePath(), folder.path()).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    MeasuredFilm.write(folder);
    try (MeasuredServer nginx = nginx()) {
      Start.run(this::product);
      try (MeasuredServer product = product()) {
        SlowReaders.run(product);
        Cached cached = new Cached(new Rounds(nginx, product), folder);
        cached.whole();
        cached.ranges();
        new FirstByte(nginx, product).run();
        new Latency(product).run();
        new Tee(product).run();
      }
    }
  }

  private MeasuredServer nginx() throws IOException {
    Path config = folder.resolve("nginx.conf");
    Files.writeString(config, MeasuredFilm.nginxConfig(folder, PeerLinks.PROVIDER_PORT));
    List<String> command = List.of("nginx", "-c", config.toString(), "-g", "daemon off;");
    return MeasuredServer.start(
        "nginx", command, Map.of(), PeerLinks.PROVIDER_PORT, "/" + MeasuredFilm.NAME);
  }

  private MeasuredServer product() throws IOException {
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
            "CLIENT_NEW_TITLES",
            "100000",
            "EGRESS_ALLOW",
            "127.0.0.1");
    List<String> command = List.of(distribution.resolve("bin/streamcache").toString());
    return MeasuredServer.start(
        "streamcache", command, environment, PRODUCT_PORT, PeerLinks.film(""));
  }
}
