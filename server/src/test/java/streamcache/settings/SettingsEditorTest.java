package streamcache.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change is checked as a start would check the file that results. */
final class SettingsEditorTest {

  private static final byte[] EMPTY = new byte[0];

  @TempDir Path folder;

  private SettingsEditor editor(Map<String, String> environment) {
    return new SettingsEditor(reader(environment));
  }

  private SettingsReader reader(Map<String, String> environment) {
    return new SettingsReader(
        Map.of("CONFIG_DIR", folder.toString()), environment, new Folders(_ -> false));
  }

  private static Map<String, Optional<String>> change(String name, String value) {
    return Map.of(name, Optional.of(value));
  }

  @ParameterizedTest
  @CsvSource({
    "PROVIDER_MAX_CONNECTIONS, 0",
    "PROVIDER_MAX_CONNECTIONS, many",
    "CACHE_MAX_BYTES, 1 elephant",
    "CACHE_JANITOR_INTERVAL, 1ms",
    "EVICTION, random",
    "COMPLETE_AFTER, 101%",
    "COMPLETE_SCANS, maybe",
    "ADMISSION, none",
    "ANSWER_WITHIN, 1y",
    "CLIENT_STREAMS, -1",
  })
  void change_badValue_isRefusedWithTheSentenceOfTheStart(String name, String value)
      throws IOException {
    Files.writeString(folder.resolve(ConfigFile.NAME), name + "=" + value + "\n");
    SettingsException atStart =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                Settings.load(
                    Map.of("CONFIG_DIR", folder.toString()), Map.of(), new Folders(_ -> false)));

    SettingsException now =
        catchThrowableOfType(
            SettingsException.class, () -> editor(Map.of()).change(EMPTY, change(name, value)));

    assertThat(now.problems()).isEqualTo(atStart.problems()).hasSize(1);
  }

  @Test
  void change_marksThatContradict_areRefusedWithTheSentenceOfTheStart() {
    SettingsException now =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                editor(Map.of())
                    .change(
                        "CACHE_LOW_WATERMARK_BYTES=2GB\n".getBytes(UTF_8),
                        change("CACHE_MAX_BYTES", "1GB")));

    assertThat(now.problems())
        .containsExactly("CACHE_LOW_WATERMARK_BYTES is larger than CACHE_MAX_BYTES; lower it.");
  }

  @Test
  void change_settingOfTheEnvironment_isRefused() {
    FixedSettingException refused =
        catchThrowableOfType(
            FixedSettingException.class,
            () ->
                editor(Map.of("COMPLETE_AFTER", "10%"))
                    .change(EMPTY, change("COMPLETE_AFTER", "20%")));

    assertThat(refused.sentence())
        .isEqualTo(
            "COMPLETE_AFTER is set by the environment, which takes precedence over"
                + " streamcache.conf; change it there and restart the server.");
  }

  @Test
  void change_settingThatNeedsARestart_isRefused() {
    FixedSettingException refused =
        catchThrowableOfType(
            FixedSettingException.class,
            () -> editor(Map.of()).change(EMPTY, change("ADMIN_TOKEN", "mine")));

    assertThat(refused.sentence())
        .isEqualTo(
            "ADMIN_TOKEN needs a restart; change it in streamcache.conf and restart the server.");
  }

  @Test
  void change_unknownName_isRefusedWithTheNearest() {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class,
            () -> editor(Map.of()).change(EMPTY, change("COMPLETE_AFTR", "1%")));

    assertThat(refused.problems())
        .containsExactly("Unknown setting COMPLETE_AFTR; did you mean COMPLETE_AFTER?");
  }

  @Test
  void change_null_removesTheSettingAndItsOldName() throws Exception {
    SettingsEditor.Edited edited =
        editor(Map.of())
            .change(
                "# mine\nCACHE_STALE_CHECK_SECS=60\nCACHE_REVALIDATE_INTERVAL=1h\n".getBytes(UTF_8),
                Map.of("CACHE_REVALIDATE_INTERVAL", Optional.empty()));

    assertThat(new String(edited.content(), UTF_8)).isEqualTo("# mine\n");
    assertThat(edited.settings().fill().revalidateAfter())
        .isEqualTo(SettingsTable.CACHE_REVALIDATE_INTERVAL.usual());
  }

  @Test
  void changeProvider_headersAndProxy_areSetAndMasked() throws Exception {
    SettingsEditor.Edited edited =
        editor(Map.of())
            .changeProvider(
                "[provider a.example]\nHEADER=X-Old: 1\n".getBytes(UTF_8),
                "A.Example",
                Map.of(
                    "HEADER", List.of("X-One: 1", "Authorization: Basic c2VjcmV0"),
                    "PROXY", List.of("socks5://joe:secret@proxy:1080")));

    ProviderBlock block = edited.settings().fill().providers().all().getFirst();
    assertThat(block.headers()).extracting(ExtraHeader::key).contains("x-one", "authorization");
    assertThat(block.headers()).hasSize(2);
    assertThat(block.lines().toString()).doesNotContain("secret", "c2VjcmV0");
    assertThat(edited.toString()).doesNotContain("secret");
  }

  @Test
  void changeProvider_keyThatNeedsARestart_isRefused() {
    FixedSettingException refused =
        catchThrowableOfType(
            FixedSettingException.class,
            () ->
                editor(Map.of())
                    .changeProvider(EMPTY, "a.example", Map.of("ACCOUNT", List.of("one"))));

    assertThat(refused.sentence()).startsWith("ACCOUNT of a provider block needs a restart;");
  }

  @Test
  void removeProvider_blockWithAKeyThatNeedsARestart_isRefused() {
    byte[] content = "[provider a.example]\nACCOUNT=one\nMAX_CONNECTIONS=1\n".getBytes(UTF_8);

    assertThat(
            catchThrowableOfType(
                FixedSettingException.class,
                () -> editor(Map.of()).removeProvider(content, "a.example")))
        .hasMessageStartingWith("ACCOUNT of this block needs a restart;");
  }

  /** What needs a restart stays as it was, although the file says otherwise by now. */
  @Test
  void blocks_editedByHand_takeOverOnlyWhatTakesEffect() throws Exception {
    SettingsReader reader = reader(Map.of());
    Settings started =
        reader.read(
            "[provider a.example]\nACCOUNT=one\nMAX_CONNECTIONS=1\n[provider c]\nNO_RANGE=1\n"
                .getBytes(UTF_8));
    Settings next =
        reader.read(
            "[provider a.example]\nACCOUNT=two\nMAX_CONNECTIONS=3\n[provider b]\nRATE_LIMIT=1MB\n"
                .getBytes(UTF_8));

    ProviderBlocks joined =
        ChangedSettings.blocks(started.fill().providers(), next.fill().providers());

    assertThat(joined.all())
        .extracting(block -> block.hosts() + " " + new java.util.TreeMap<>(block.values()))
        .containsExactly(
            "a.example {ACCOUNT=one, MAX_CONNECTIONS=3}", "b {RATE_LIMIT=1MB}", "c {NO_RANGE=1}");
  }
}
