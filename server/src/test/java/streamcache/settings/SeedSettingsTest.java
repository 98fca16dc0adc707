package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the nginx + Lua version. */
final class SeedSettingsTest {

  private static final Folders WRITABLE_SYSTEM = new Folders(folder -> true);

  @TempDir Path folder;

  @Test
  void load_seedsSettings_areAnsweredWithWhatReplacedThem() throws Exception {
    for (String name : SeedNames.REPLACED.keySet()) {
      assertThat(load(Map.of(name, "any")).warnings())
          .containsExactly(
              name
                  + " in the environment is no longer needed: "
                  + SeedNames.REPLACED.get(name)
                  + ".");
    }
    assertThat(SeedNames.REPLACED)
        .containsKeys(
            "FOLLOWER_POLL_MS",
            "FOLLOWER_MIN_BYTES",
            "FOLLOWER_START_WAIT_MS",
            "CLIENT_FLUSH_BYTES",
            "TOTALS_TTL_SECS",
            "TMP_RETENTION_SECS");
  }

  @Test
  void load_seedsReadTimeout_isTheTimeToTheFirstByte() throws Exception {
    assertThat(load(Map.of()).fill().firstByteWithin()).hasSeconds(30);
    Settings seeds = load(Map.of("UPSTREAM_READ_TIMEOUT_MS", "12500"));
    assertThat(seeds.fill().firstByteWithin()).hasMillis(12_500);
    assertThat(seeds.warnings()).isEmpty();
    assertThat(load(Map.of("UPSTREAM_READ_TIMEOUT_MS", "12s")).fill().firstByteWithin())
        .hasSeconds(12);
  }

  @Test
  void load_seedsReadTimeoutBesideOurs_oursCounts() throws Exception {
    Map<String, String> both =
        Map.of("UPSTREAM_READ_TIMEOUT_MS", "12500", "FIRST_BYTE_WITHIN", "40s");
    assertThat(load(both).fill().firstByteWithin()).hasSeconds(40);
  }

  @Test
  void load_seedsReadTimeoutThatIsNotAllowed_isNamedAsItWasWritten() throws Exception {
    assertThat(problems(Map.of("UPSTREAM_READ_TIMEOUT_MS", "5")))
        .singleElement()
        .asString()
        .contains("FIRST_BYTE_WITHIN", "UPSTREAM_READ_TIMEOUT_MS", "'5ms'", "100ms to 10m");
  }

  /** Of the compose file, the Lua files and nginx.conf, in every version that was published. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALLOWED_HOSTS",
        "CACHE_JANITOR_INTERVAL",
        "CACHE_LOW_WATERMARK_BYTES",
        "CACHE_MAX_BYTES",
        "CACHE_REVALIDATE_INTERVAL",
        "CACHE_STALE_CHECK_SECS",
        "CLIENT_FLUSH_BYTES",
        "DISABLE_SSL_VERIFY",
        "FOLLOWER_MIN_BYTES",
        "FOLLOWER_POLL_MS",
        "FOLLOWER_START_WAIT_MS",
        "FOLLOWER_WAIT_MAX",
        "LOG_VERBOSE",
        "PROGRESS_FLUSH_BYTES",
        "RANGE_TEE_THRESHOLD",
        "RESOLVE_TTL",
        "SUFFIX_EXT_ENABLED",
        "TMP_RETENTION_SECS",
        "TOTALS_TTL_SECS",
        "UPSTREAM_READ_TIMEOUT_MS"
      })
  void load_nameOfTheSeed_hasAnEffectOrASentence(String name) {
    boolean isSetting = KnownNames.isSetting(name);
    boolean isAlias = SeedNames.ALIASES.containsKey(name);
    boolean isReplaced = SeedNames.REPLACED.containsKey(name);
    assertThat(List.of(isSetting, isAlias, isReplaced)).containsOnlyOnce(true);
  }

  @Test
  void load_seedsComposeFile_isUnderstoodAsAWhole() throws Exception {
    Map<String, String> compose = new TreeMap<>();
    compose.put("CACHE_MAX_BYTES", "536870912000");
    compose.put("CACHE_LOW_WATERMARK_BYTES", "531801402880");
    compose.put("RANGE_TEE_THRESHOLD", "41943040");
    compose.put("PROGRESS_FLUSH_BYTES", "5242880");
    compose.put("CLIENT_FLUSH_BYTES", "5242880");
    compose.put("FOLLOWER_START_WAIT_MS", "1500");
    compose.put("FOLLOWER_MIN_BYTES", "262144");
    compose.put("FOLLOWER_WAIT_MAX", "60");
    compose.put("FOLLOWER_POLL_MS", "50");
    compose.put("SUFFIX_EXT_ENABLED", "1");
    compose.put("CACHE_JANITOR_INTERVAL", "300");
    compose.put("ALLOWED_HOSTS", "");
    compose.put("DISABLE_SSL_VERIFY", "0");
    compose.put("LOG_VERBOSE", "1");
    compose.put("RESOLVE_TTL", "600");
    compose.put("TOTALS_TTL_SECS", "14400");
    compose.put("CACHE_STALE_CHECK_SECS", "43200");
    compose.put("CACHE_REVALIDATE_INTERVAL", "6h");
    compose.put("UPSTREAM_READ_TIMEOUT_MS", "30000");
    Settings settings = load(compose);
    assertThat(settings.warnings()).hasSize(6).allMatch(one -> one.contains("no longer needed"));
    assertThat(settings.store().maxBytes()).hasValue(536_870_912_000L);
    assertThat(settings.fill().rangeTeeThreshold()).isEqualTo(40L << 20);
    assertThat(settings.fill().revalidateAfter()).hasHours(6);
  }

  @Test
  void load_seedsFirstNameOfTheRevalidation_isAnsweredInSeconds() throws Exception {
    Settings settings = load(Map.of("CACHE_STALE_CHECK_SECS", "7200"));
    assertThat(settings.fill().revalidateAfter()).hasHours(2);
    assertThat(settings.warnings()).isEmpty();
  }

  private Settings load(Map<String, String> variables) throws SettingsException {
    return Settings.load(Map.of(), environment(variables), WRITABLE_SYSTEM);
  }

  private List<String> problems(Map<String, String> variables) {
    return catchThrowableOfType(SettingsException.class, () -> load(variables)).problems();
  }

  private Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("CONFIG_DIR", folder.toString());
    return environment;
  }
}
