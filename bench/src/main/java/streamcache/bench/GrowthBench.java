package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what grows with the number of titles: memory and first bytes while cold titles come one
 * after another, memory after idle minutes, and the start with all of them in the store. Started by
 * {@code bench/growth}; takes the folder of a built distribution and the greatest number of titles.
 */
public final class GrowthBench {

  private static final List<Integer> COUNTS = List.of(1_000, 10_000, 50_000, 100_000);
  private static final int SAMPLES = 61;
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final int PORT = 28396;

  private final Path distribution;
  private final Path own;
  private final int most;

  private GrowthBench(Path distribution, Path own, int most) {
    this.distribution = distribution;
    this.own = own;
    this.most = most;
  }

  public static void main(String[] arguments) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.named("streamcache-growth")) {
      MeasuredFilm.write(folder.path());
      Path own = Files.createDirectory(folder.path().resolve("product"));
      Path distribution = Path.of(arguments[0]).toAbsolutePath();
      try (MeasuredServer _ = Servers.nginx(folder.path())) {
        new GrowthBench(distribution, own, Integer.parseInt(arguments[1])).run();
      }
    }
  }

  private void run() throws IOException {
    Table.head(
        "titles in the store",
        "first byte of the next cold title, p50 ms",
        "resident MiB",
        "start to first byte ms",
        "resident after the start MiB");
    int titles = 0;
    for (int count : COUNTS.stream().filter(each -> each <= most).toList()) {
      Series first = new Series();
      long resident;
      try (MeasuredServer product = Servers.product(distribution, own, PORT)) {
        for (; titles < count; titles++) {
          Sink.whole(product.address(), title(titles), 1);
        }
        resident = product.residentMebibytes();
        for (int i = 0; i < SAMPLES; i++) {
          String target = PeerLinks.tiny("?sample=" + count + "." + i);
          first.add(Sink.firstByteMillis(product.address(), target));
        }
      }
      long begun = System.nanoTime();
      try (MeasuredServer product = Servers.product(distribution, own, PORT)) {
        Sink.firstByteMillis(product.address(), title(titles / 2));
        double start = (System.nanoTime() - begun) / 1e6;
        Table.row(count, first.median(), resident, start, product.residentMebibytes());
      }
    }
    idle(titles);
  }

  /** Cold titles in a row, and what remains of their memory when nobody plays. */
  private void idle(int titles) throws IOException {
    try (MeasuredServer product = Servers.product(distribution, own, PORT)) {
      for (int i = 0; i < most; i++) {
        Sink.whole(product.address(), title(titles + i), 1);
      }
      Table.head("cold titles in a row", "resident MiB", "after ten idle minutes MiB");
      long resident = product.residentMebibytes();
      LockSupport.parkNanos(IDLE.toNanos());
      Table.row(most, resident, product.residentMebibytes());
    }
  }

  private static String title(int number) {
    return PeerLinks.tiny("?title=" + number);
  }
}
