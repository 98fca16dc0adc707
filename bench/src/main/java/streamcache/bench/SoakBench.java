package streamcache.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import streamcache.testkit.process.ServerProcess;
import streamcache.testkit.soak.Soak;

/**
 * Runs random players and random faults against the built distribution for a given time; started by
 * {@code bench/soak}. Ends with an error and the seed when a guarantee is broken.
 */
public final class SoakBench {

  private static final Pattern LISTENS = Pattern.compile("listens on http://\\S+:(\\d+)/");

  private SoakBench() {}

  /** Takes the folder of the distribution, the seconds to run and, optionally, a seed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("streamcache-soak");
    String program = Path.of(arguments[0], "bin", "streamcache").toString();
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[1]));
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
    System.out.println("seed " + seed);
    try (Soak soak = new Soak(seed, PeerLinks::of);
        ServerProcess process = ServerProcess.start(List.of(program), environment(folder))) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), process.awaitPort(LISTENS));
      try {
        System.out.println(soak.run(address, process, time));
      } finally {
        Path log = Files.writeString(folder.resolve("log"), process.output());
        System.out.println("The log of the server: " + log);
      }
    }
  }

  private static Map<String, String> environment(Path folder) {
    return Map.of(
        "PORT", "0",
        "BIND", "127.0.0.1",
        "CACHE_DIR", folder.resolve("cache").toString(),
        "CONFIG_DIR", folder.resolve("config").toString(),
        "CACHE_MAX_BYTES", Soak.CACHE_BYTES,
        "CACHE_MIN_FREE_BYTES", "0",
        "RANGE_TEE_THRESHOLD", "2MiB",
        "PROVIDER_MAX_CONNECTIONS", Integer.toString(Soak.CONNECTIONS),
        "EGRESS_ALLOW", "127.0.0.1");
  }
}
