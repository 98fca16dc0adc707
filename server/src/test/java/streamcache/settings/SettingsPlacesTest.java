package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting reaches the component it is for. */
final class SettingsPlacesTest {

  private static final Folders WRITABLE_SYSTEM = new Folders(folder -> true);

  @TempDir Path folder;

  @Test
  void load_everythingSet_reachesItsPlace() throws Exception {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PORT", "0");
    environment.put("BIND", "[::1]");
    environment.put("CACHE_DIR", "/mnt/films/../cache");
    environment.put("CACHE_MAX_BYTES", "1.5TB");
    environment.put("CACHE_LOW_WATERMARK_BYTES", "500 GiB");
    environment.put("CACHE_MIN_FREE_BYTES", "1g");
    environment.put("CACHE_JANITOR_INTERVAL", "45");
    environment.put("EVICTION", "LRU");
    environment.put("PROGRESS_FLUSH_BYTES", "5242880");
    environment.put("RANGE_TEE_THRESHOLD", "40MiB");
    environment.put("FOLLOWER_WAIT_MAX", "4h");
    environment.put("ANSWER_WITHIN", "2500ms");
    environment.put("FIRST_BYTE_WITHIN", "45s");
    environment.put("PLACE_WAIT_MAX", "30s");
    environment.put("RESOLVE_TTL", "1d");
    environment.put("CACHE_REVALIDATE_INTERVAL", "2d");
    environment.put("LIVE_WINDOW", "32MiB");
    environment.put("PROVIDER_MAX_CONNECTIONS", "3");
    environment.put("COMPLETE_AFTER", "20%");
    environment.put("COMPLETE_SCANS", "1");
    environment.put("ADMISSION", "share");
    environment.put("DISABLE_SSL_VERIFY", "1");
    environment.put("EGRESS_ALLOW", "10.0.0.0/8");
    environment.put("EGRESS_DENY", "10.1.0.0/16");
    environment.put("ALLOWED_HOSTS", "*.example.org");
    environment.put("ALLOWED_REDIRECTS", "listed");
    environment.put("REQUIRE_SIGNED", "Always");
    environment.put("TRUSTED_PROXIES", "172.18.0.2, fd00::/8");
    environment.put("SECRET_KEY_FILE", "/run/secrets/key");
    environment.put("BASE_URL", "HTTPS://Nas.Example:8443/films/");
    environment.put("CLIENT_IDLE_MAX", "90m");
    environment.put("CLIENT_STREAMS", "30");
    environment.put("CLIENT_NEW_TITLES", "0");
    environment.put("HEAD_WITHIN", "1.5s");
    environment.put("DRAIN_WITHIN", "0");
    environment.put("ERROR_VIDEO", "all");
    Path video = Files.createFile(folder.resolve("sorry.mp4"));
    environment.put("ERROR_VIDEO_FILE", video.toString());
    environment.put("SEERR_URL", "https://seerr.example/base/");
    environment.put("SEERR_API_KEY", "MTc1NzM0=");
    environment.put("SEERR_USER", "7");
    environment.put("SEERR_DRY_RUN", "1");
    environment.put("SEERR_AFTER_FAILURES", "5");
    environment.put("SEERR_WITHIN", "6h");
    environment.put("SEERR_MAX_PER_HOUR", "3");
    environment.put("SEERR_ASK_PROVIDER", "0");
    environment.put("STRM_DIRS", "/media/films");
    environment.put("STRM_WRAP", "/media/wrapped");
    environment.put("PREWARM_NEXT", "80 %");
    environment.put("PREWARM_NEXT_ALL", "1");
    environment.put("PREWARM_ADDED", "40");
    environment.put("IMPORT_EVERY", "12h");
    environment.put("IMPORT_PAUSE", "3s");
    environment.put("ADOPT_FROM", "/mnt/old");
    environment.put("ADOPT_TRUST", "1");
    environment.put("WEBHOOK_URL", "http://hooks.example:8123/api?token=x");
    environment.put("WEBHOOK_SECRET", "s3cret");
    environment.put("ADMIN_TOKEN", "token-of-the-operator");
    environment.put("ADMIN_BIND", "192.168.1.2:8081");
    environment.put("TLS_CERT", video.toString());
    environment.put("TLS_KEY", video.toString());
    environment.put("CLUSTER", "tcp://one,two:7900");
    environment.put("CLUSTER_KEY", "sixteen-letters!");
    environment.put("CLUSTER_PRIMARY", "one");
    environment.put("LOG_VERBOSE", "yes");
    environment.put("LOG_FORMAT", "json");

    Settings settings = load(environment);

    assertThat(environment.keySet())
        .as("every setting of the table is tried here")
        .containsAll(
            SettingsTable.all().stream()
                .map(Setting::name)
                .filter(name -> !name.equals("CONFIG_DIR"))
                .toList());
    assertThat(settings.admin().token()).contains(new SecretText("token-of-the-operator"));
    assertThat(settings.admin().bind()).contains(new AdminBind("192.168.1.2", 8081));
    assertThat(settings.admin().folder()).isEqualTo(settings.configFolder());
    assertThat(settings.admin().effective()).isEqualTo(settings.effective());
    NodePlace primary = new NodePlace("one", 7800);
    assertThat(settings.cluster())
        .contains(
            new ClusterSettings(
                new NodePlaces.Listed(List.of(primary, new NodePlace("two", 7900))),
                new SecretText("sixteen-letters!"),
                Optional.of(primary)));
    assertThat(settings.store())
        .isEqualTo(
            new StoreSettings(
                Path.of("/mnt/cache"),
                OptionalLong.of(1_500_000_000_000L),
                OptionalLong.of(500L << 30),
                1L << 30,
                Duration.ofSeconds(45),
                5 << 20,
                EvictionPolicy.LRU,
                Optional.of(new AdoptionSettings(Path.of("/mnt/old"), /* isTrusted= */ true))));
    assertThat(settings.fill())
        .isEqualTo(
            new FillSettings(
                40 << 20,
                Duration.ofHours(4),
                Duration.ofMillis(2500),
                Duration.ofSeconds(45),
                Duration.ofSeconds(30),
                Duration.ofDays(1),
                OptionalInt.of(3),
                /* verifyTls= */ false,
                settings.fill().egress(),
                /* completeAfter= */ 20,
                /* completeScans= */ true,
                AdmissionPolicy.SHARE,
                /* revalidateAfter= */ Duration.ofDays(2),
                /* liveWindow= */ 32 << 20,
                ProviderBlocks.NONE));
    assertThat(settings.listen())
        .isEqualTo(
            new ListenSettings(
                "::1",
                0,
                Duration.ofMinutes(90),
                Duration.ofMillis(1500),
                Duration.ZERO,
                "/films"));
    assertThat(settings.link())
        .isEqualTo(
            new LinkSettings(
                RequireSigned.ALWAYS,
                List.of(
                    new EgressEntry.Block(InetAddress.ofLiteral("172.18.0.2"), 32),
                    new EgressEntry.Block(InetAddress.ofLiteral("fd00::"), 8)),
                Path.of("/run/secrets/key"),
                /* keyFileNamed= */ true,
                Optional.of(new BaseUrl("https://nas.example:8443", "/films"))));
    assertThat(settings.trouble())
        .isEqualTo(new TroubleSettings(ErrorVideoPolicy.ALL, Optional.of(video)));
    assertThat(settings.library())
        .isEqualTo(
            new LibrarySettings(
                List.of(Path.of("/media/wrapped")),
                new NextEpisodeSettings(/* share= */ 80, /* isWhole= */ true),
                /* prewarmAdded= */ 40));
    assertThat(settings.imports())
        .isEqualTo(
            new ImportSettings(
                Optional.of(Duration.ofHours(12)), Duration.ofSeconds(3), List.of()));
    assertThat(settings.clients()).isEqualTo(new ClientSettings(30, 0));
    assertThat(settings.tls()).contains(new TlsSettings(video, video));
    assertThat(settings.log()).isEqualTo(new LogSettings(/* verbose= */ true, LogFormat.JSON));
    assertThat(settings.configFolder()).isEqualTo(folder);
    // What is imported is named by blocks of the file.
    assertThat(settings.warnings())
        .containsExactly(
            "IMPORT_EVERY has no effect without an [import NAME] block in streamcache.conf.");
  }

  private Settings load(Map<String, String> environment) throws SettingsException {
    return Settings.load(Map.of(), environment(environment), WRITABLE_SYSTEM);
  }

  private Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("CONFIG_DIR", folder.toString());
    return environment;
  }
}
