package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the nginx + Lua version. */
final class SeedSettingsTest {

  private static final Folders WRITABLE_SYSTEM = new Folders(folder -> true);

  @TempDir Path folder;

  @Test
  void load_seedsSettings_areAnsweredWithWhatReplacedThem() throws Exception {
    for (String name : SettingsTable.REPLACED.keySet()) {
      assertThat(load(Map.of(name, "any")).warnings())
          .containsExactly(
              name
                  + " in the environment is no longer needed: "
                  + SettingsTable.REPLACED.get(name)
                  + ".");
    }
    assertThat(SettingsTable.REPLACED)
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
