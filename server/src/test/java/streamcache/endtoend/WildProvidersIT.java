package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import streamcache.testkit.Content;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Tool;
import streamcache.testkit.wild.WildPlayer;
import streamcache.testkit.wild.WildProvider;
import streamcache.testkit.wild.WildRow;

/**
 * A media server's probe and a seek at each kind of provider of the public bug reports. All players
 * on all of them: {@code bench/wild}.
 */
final class WildProvidersIT {

  private static final Duration FILM = Duration.ofSeconds(30);
  private static final Duration SEEK = Duration.ofSeconds(20);
  private static final int KILOBITS = 2800;

  private static final Map<String, String> SETTINGS =
      Map.of("RANGE_TEE_THRESHOLD", "2MiB", "COMPLETE_SCANS", "1", "EGRESS_ALLOW", "127.0.0.0/8");

  private static final Map<WildRow, WildProvider> PROVIDERS = new EnumMap<>(WildRow.class);

  @TempDir private static Path folder;

  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    for (Tool tool : List.of(Tool.FFPROBE, Tool.FFMPEG)) {
      assumeTrue(tool.isPresent(), tool::missing);
    }
    for (WildRow row : WildRow.values()) {
      PROVIDERS.put(row, new WildProvider(row, Content.ofFile(film(row))));
    }
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.write(
        config.resolve("streamcache.conf"),
        PROVIDERS.values().stream().flatMap(provider -> provider.block().stream()).toList());
    Path hosts = Files.write(config.resolve("hosts"), WildRow.HOSTS);
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
    product = Product.start(folder, settings);
  }

  private static Path film(WildRow row) {
    return row.film(Films.ofBuild(), FILM, KILOBITS);
  }

  @AfterAll
  static void end() {
    if (product != null) {
      product.close();
    }
    PROVIDERS.values().forEach(WildProvider::close);
  }

  /** Without the two that take longer than all others together. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"FIRST_BYTE_AFTER_12_S", "NEVER_COMPLETE"})
  void probeAndSeek_filmPlaysAndCostsNoMoreThanItsBytes(WildRow row) throws IOException {
    WildProvider provider = PROVIDERS.get(row);
    String url = product.url(provider.link(), "film." + row.extension());
    long before = product.received();
    provider.prepare(product.address(), product.link(provider.link()));

    Path film = film(row);
    assertThat(WildPlayer.FFPROBE.play(url, film, SEEK)).isEmpty();
    assertThat(WildPlayer.FFMPEG_SEEK.play(url, film, SEEK)).isEmpty();

    provider.awaitIdle();
    assertThat(product.received() - before)
        .as(provider.requests().toString())
        .isPositive()
        .isLessThanOrEqualTo(provider.mostBytes());
    assertThat(provider.excess()).as(provider.requests().toString()).isEmpty();
  }
}
