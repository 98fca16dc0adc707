package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.store.Store;

/** What the config command says of settings that nobody has set. */
final class ConfigCommandTest {

  @TempDir private Path folder;

  private String printed(Map<String, String> more) throws SettingsException {
    StringWriter text = new StringWriter();
    new ConfigCommand(settings(more), new PrintWriter(text), new PrintWriter(text)).run();
    return text.toString();
  }

  private Settings settings(Map<String, String> more) throws SettingsException {
    Map<String, String> flags = new HashMap<>(more);
    flags.put("CONFIG_DIR", folder.resolve("config").toString());
    flags.put("CACHE_DIR", folder.resolve("cache").toString());
    return Settings.load(flags, Map.of());
  }

  @Test
  void limit_notSet_isWhatTheStoreHasChosen() throws Exception {
    Path file = folder.resolve("cache").resolve("STORE");
    try (Store store = Store.open(settings(Map.of()).store(), _ -> {})) {
      assertThat(store.usage().maxBytes()).isPositive();
    }
    String chosen = Files.readString(file).replaceFirst("(?s).*\"maxBytes\" : ([0-9]+).*", "$1");
    Files.writeString(file, Files.readString(file).replace(chosen, "4000000000"));

    assertThat(printed(Map.of()))
        .contains(
            "# CACHE_MAX_BYTES is 90 % of the free disk space at the first start: 4000000000, which"
                + " is 4.00 GB\n",
            "# CACHE_LOW_WATERMARK_BYTES is 95 % of CACHE_MAX_BYTES: 3800000000, which is 3.80 GB\n",
            "# SECRET_KEY_FILE is secret.key in CONFIG_DIR: "
                + folder.resolve("config/secret.key"));
  }

  @Test
  void limit_beforeTheFirstStart_isThatOfTheDisk() throws Exception {
    assertThat(printed(Map.of()))
        .containsPattern("# CACHE_MAX_BYTES is 90 % .*: [0-9]{7,}, which is ");
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void limit_set_isNotComputed() throws SettingsException, IOException {
    assertThat(printed(Map.of("CACHE_MAX_BYTES", "2GiB")))
        .contains("CACHE_MAX_BYTES=2GiB  # ", "CACHE_MAX_BYTES: 2040109420, which is 2.04 GB");
  }
}
