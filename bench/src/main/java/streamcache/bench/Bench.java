package streamcache.bench;

import java.io.IOException;
import java.nio.file.Path;

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
    try (MeasuredServer nginx = Servers.nginx(folder)) {
      Start.run(this::product);
      try (MeasuredServer started = product()) {
        new Cached(new Rounds(nginx, started), folder).early();
      }
      try (MeasuredServer product = product()) {
        SlowReaders.run(product);
        Cached cached = new Cached(new Rounds(nginx, product), folder);
        cached.whole();
        cached.ranges();
        new FirstByte(nginx, product).run();
        new Latency(product).run();
        new Tee(product).run();
        new TeePeers(folder, product).run();
      }
    }
  }

  private MeasuredServer product() throws IOException {
    return Servers.product(distribution, folder, PRODUCT_PORT);
  }
}
