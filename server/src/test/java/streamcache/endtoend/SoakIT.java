package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.LinkCodec;
import streamcache.testkit.soak.Soak;

/** Half a minute of what {@code bench/soak} does for any duration. */
final class SoakIT {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "PROVIDER_MAX_CONNECTIONS",
          Integer.toString(Soak.CONNECTIONS),
          "CACHE_MAX_BYTES",
          Soak.CACHE_BYTES,
          "RANGE_TEE_THRESHOLD",
          "2MiB",
          "JAVA_TOOL_OPTIONS",
          "-Dio.netty.leakDetection.level=paranoid");

  @TempDir Path folder;

  @Test
  void randomPlayersAndTroubles_everyByteRightAndNothingLeft()
      throws IOException, InterruptedException {
    long seed = new Random().nextLong();
    System.out.println("SoakIT seed " + seed);
    try (Soak soak = new Soak(seed, url -> "/u/" + new LinkCodec().encode(url));
        Product product = Product.start(folder, SETTINGS)) {
      String story = soak.run(product.address(), product.process(), Duration.ofSeconds(20));
      System.out.println(story);
      assertThat(product.process().output()).doesNotContain("LEAK");
    }
  }
}
