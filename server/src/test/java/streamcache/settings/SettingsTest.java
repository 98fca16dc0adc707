package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

  private static final Folders WRITABLE_SYSTEM = new Folders(folder -> true);
  private static final Folders NO_SYSTEM = new Folders(folder -> false);

  @TempDir Path folder;

  @Test
  void load_nothingSet_givesTheDefaults() throws SettingsException {
    Settings settings = load(Map.of());

    assertThat(settings.store())
        .isEqualTo(
            new StoreSettings(
                Path.of("/var/cache/streamcache"),
                OptionalLong.empty(),
                OptionalLong.empty(),
                2L << 30,
                Duration.ofSeconds(300),
                256 << 10,
                EvictionPolicy.HEADS));
    assertThat(settings.fill())
        .isEqualTo(
            new FillSettings(
                20 << 20,
                Duration.ofSeconds(60),
                Duration.ofSeconds(8),
                Duration.ofMinutes(10),
                OptionalInt.empty(),
                /* verifyTls= */ true,
                settings.fill().egress()));
    assertThat(settings.listen())
        .isEqualTo(
            new ListenSettings(
                "", 8080, Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofSeconds(5), ""));
    assertThat(settings.link())
        .isEqualTo(
            new LinkSettings(
                RequireSigned.PUBLIC,
                List.of(),
                folder.resolve("secret.key"),
                /* keyFileNamed= */ false,
                Optional.empty()));
    assertThat(settings.clients()).isEqualTo(new ClientSettings(200, 600));
    assertThat(settings.tls()).isEmpty();
    assertThat(settings.log()).isEqualTo(new LogSettings(/* verbose= */ false, LogFormat.TEXT));
    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.effective()).hasSameSizeAs(SettingsTable.all());
  }

  @Test
  void load_flagEnvironmentFile_winInThisOrder() throws Exception {
    file("PORT=1", "BIND=127.0.0.1", "HEAD_WITHIN=1s", "ANSWER_WITHIN=1s");

    Settings settings =
        Settings.load(
            Map.of("--port", "3", "answer-within", ""),
            environment(Map.of("PORT", "2", "BIND", "::1", "HEAD_WITHIN", " ")),
            NO_SYSTEM);

    assertThat(settings.listen().port()).isEqualTo(3);
    assertThat(settings.listen().bind()).isEqualTo("::1");
    assertThat(settings.listen().headWithin()).as("a blank is not set").hasSeconds(1);
    assertThat(settings.fill().answerWithin()).hasSeconds(1);
    assertThat(lines(settings))
        .contains(
            "PORT=3  # the flag --port",
            "BIND=::1  # the environment",
            "HEAD_WITHIN=1s  # " + folder.resolve("streamcache.conf") + ":3",
            "EVICTION=heads  # default",
            "# CACHE_LOW_WATERMARK_BYTES is 95 % of CACHE_MAX_BYTES");
  }

  @Test
  void load_file_isReadAsPeopleWriteIt() throws Exception {
    file(
        "\ufeff# comment",
        "",
        "  port = 81  # comment",
        "cache-dir=\"/mnt/my films # 1\"",
        "Cache_Max_Bytes='1 GB'",
        "log_verbose=",
        "\tRESOLVE_TTL\t=\t5m\t");

    Settings settings = load(Map.of());

    assertThat(settings.listen().port()).isEqualTo(81);
    assertThat(settings.store().folder()).isEqualTo(Path.of("/mnt/my films # 1"));
    assertThat(settings.store().maxBytes()).hasValue(1_000_000_000L);
    assertThat(settings.fill().resolveTtl()).hasMinutes(5);
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void load_effectiveLines_giveTheSameSettingsAgain() throws Exception {
    Settings settings =
        load(Map.of("CACHE_DIR", "/mnt/a # b's", "PORT", "81", "CACHE_MAX_BYTES", "1.5 TB"));

    file(lines(settings).toArray(String[]::new));
    Settings again = load(Map.of());

    assertThat(again.store()).isEqualTo(settings.store());
    assertThat(again.fill()).isEqualTo(settings.fill());
    assertThat(again.listen()).isEqualTo(settings.listen());
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, 65536",
    "PORT, -1",
    "PORT, 80 80",
    "PORT, http",
    "BIND, 0.0.0.0:8080",
    "BIND, http://h",
    "BIND, a b",
    "CACHE_MAX_BYTES, lots",
    "CACHE_MAX_BYTES, -5GB",
    "CACHE_MAX_BYTES, 5XB",
    "CACHE_MAX_BYTES, '1,5TB'",
    "CACHE_MAX_BYTES, 1KiB",
    "CACHE_MAX_BYTES, 9999999999999999999",
    "CACHE_MAX_BYTES, 9999999999TB",
    "CACHE_MAX_BYTES, 0x10",
    "CACHE_MAX_BYTES, 60s",
    "CACHE_LOW_WATERMARK_BYTES, 0",
    "CACHE_MIN_FREE_BYTES, none",
    "CACHE_JANITOR_INTERVAL, 0",
    "CACHE_JANITOR_INTERVAL, 5 weeks",
    "EVICTION, fifo",
    "PROGRESS_FLUSH_BYTES, 1",
    "RANGE_TEE_THRESHOLD, 5%",
    "FOLLOWER_WAIT_MAX, 0",
    "ANSWER_WITHIN, 1d",
    "RESOLVE_TTL, -1",
    "RESOLVE_TTL, 20MiB",
    "PROVIDER_MAX_CONNECTIONS, 0",
    "PROVIDER_MAX_CONNECTIONS, 65",
    "DISABLE_SSL_VERIFY, 2",
    "REQUIRE_SIGNED, 1",
    "TRUSTED_PROXIES, proxy",
    "TRUSTED_PROXIES, 10.0.0.0/33",
    "TRUSTED_PROXIES, 10.0.0.1:80",
    "TRUSTED_PROXIES, '10.0.0.1, 127.1'",
    "BASE_URL, nas:8080",
    "BASE_URL, ftp://nas",
    "CLIENT_IDLE_MAX, 10ms",
    "HEAD_WITHIN, never",
    "DRAIN_WITHIN, 1y",
    "LOG_VERBOSE, debug",
    "LOG_FORMAT, xml",
  })
  void load_badValue_isNamedWithItsPlaceAndWhatIsAllowed(String name, String value) {
    List<String> problems = problems(Map.of(), Map.of(name, value));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst())
        .startsWith(name + " is '" + value + "' in the environment; expected ")
        .endsWith(".");
  }

  @Test
  void load_manyBadValues_areAllNamed() throws Exception {
    file("PORT=x", "no setting", "EVICTION = fifo");

    List<String> problems =
        problems(Map.of("head-within", "x\ny"), Map.of("CACHE_DIR", "a\0b", "LOG_FORMAT", "xml"));

    String file = folder.resolve("streamcache.conf").toString();
    assertThat(problems)
        .hasSize(6)
        .contains(file + ":2 is not a setting; write NAME=value, or begin a comment with #.")
        .contains(
            "PORT is 'x' in " + file + ":1; expected a number from 0 to 65535.",
            "EVICTION is 'fifo' in " + file + ":3; expected heads or lru.",
            "LOG_FORMAT is 'xml' in the environment; expected text or json.",
            "CACHE_DIR is 'a?b' in the environment; expected the path of a folder.")
        .anyMatch(problem -> problem.startsWith("HEAD_WITHIN is 'x?y' in the flag --head-within;"));
    assertThatThrownBy(() -> load(Map.of()))
        .hasMessageContaining("PORT")
        .hasMessageContaining(":2");
  }

  @ParameterizedTest
  @CsvSource({
    "https://nas/u,                https://nas/~",
    "https://nas?x,                https://nas/~",
    "https://nas#x,                https://nas/~",
    "'https://nas/a b',            https://nas/~ b",
    "https://nas/s/films,          https://nas/~",
    "https://user:pass@nas/films,  https://****@nas/~",
    "ftp://h/movie/U/P/1.mkv?x=y,  ftp://h/~",
  })
  void load_urlInTheWrongPlace_showsItsHostOnly(String value, String shown) {
    assertThat(problems(Map.of(), Map.of("BASE_URL", value)))
        .singleElement()
        .asString()
        .startsWith("BASE_URL is '" + shown + "' in the");
  }

  @Test
  void load_lowWatermarkAboveMax_isRefused() throws Exception {
    assertThat(
            problems(
                Map.of(), Map.of("CACHE_MAX_BYTES", "1GB", "CACHE_LOW_WATERMARK_BYTES", "1GiB")))
        .singleElement()
        .asString()
        .contains("CACHE_LOW_WATERMARK_BYTES", "CACHE_MAX_BYTES");
    assertThat(
            load(Map.of("CACHE_MAX_BYTES", "1GB", "CACHE_LOW_WATERMARK_BYTES", "1GB"))
                .store()
                .lowWatermarkBytes())
        .hasValue(1_000_000_000L);
  }

  @Test
  void load_fileThatIsNoText_isAProblem() throws Exception {
    Files.write(folder.resolve("streamcache.conf"), new byte[] {'P', (byte) 0xff, '\n'});
    assertThat(problems(Map.of(), Map.of())).singleElement().asString().contains("UTF-8");

    Files.delete(folder.resolve("streamcache.conf"));
    Files.createDirectory(folder.resolve("streamcache.conf"));
    assertThat(problems(Map.of(), Map.of())).singleElement().asString().contains("cannot be read");
  }

  @Test
  void load_unknownSettings_warnWithTheNearestName() throws Exception {
    file("CACHE_MAXBYTES=1GB", "XYZZY=1", "PORT=1", "port=2", "CONFIG_DIR=/elsewhere");

    Settings settings =
        Settings.load(
            Map.of("--prot", "1"),
            environment(
                Map.of(
                    "STREAMCACHE_LOG_FORMAT", "json",
                    "FOLLOWER_WAIT", "1",
                    "STREAMCACHE_OPTS", "-Xmx1g",
                    "STREAMCACHE_SERVICE_HOST", "10.0.0.1",
                    "STREAMCACHE_PORT", "tcp://10.0.0.1:80",
                    "STREAMCACHE_PORT_80_TCP_ADDR", "10.0.0.1",
                    "PROT", "not ours")),
            NO_SYSTEM);

    String file = folder.resolve("streamcache.conf").toString();
    assertThat(settings.warnings())
        .containsExactlyInAnyOrder(
            "Unknown setting PROT in the flag --prot; did you mean PORT?",
            "Unknown setting STREAMCACHE_LOG_FORMAT in the environment; did you mean LOG_FORMAT?",
            "Unknown setting FOLLOWER_WAIT in the environment; did you mean FOLLOWER_WAIT_MAX?",
            "Unknown setting CACHE_MAXBYTES in " + file + ":1; did you mean CACHE_MAX_BYTES?",
            "Unknown setting XYZZY in " + file + ":2.",
            "PORT at " + file + ":3 is overridden by " + file + ":4.",
            "CONFIG_DIR at " + file + ":5 has no effect; set it as a flag or in the environment.");
    assertThat(settings.listen().port()).isEqualTo(2);
    assertThat(settings.configFolder()).isEqualTo(folder);
  }

  @Test
  void load_systemFoldersNotWritable_usesTheUsersOwn() throws Exception {
    Map<String, String> home = Map.of("HOME", folder.toString());
    Settings settings = Settings.load(Map.of(), home, NO_SYSTEM);
    assertThat(settings.store().folder()).isEqualTo(folder.resolve(".cache/streamcache"));
    assertThat(settings.configFolder()).isEqualTo(folder.resolve(".config/streamcache"));

    Map<String, String> xdg =
        Map.of("XDG_CACHE_HOME", folder + "/c", "XDG_CONFIG_HOME", "relative", "HOME", "/home/me");
    settings = Settings.load(Map.of(), xdg, NO_SYSTEM);
    assertThat(settings.store().folder()).isEqualTo(folder.resolve("c/streamcache"));
    assertThat(settings.configFolder()).isEqualTo(Path.of("/home/me/.config/streamcache"));

    settings = Settings.load(Map.of(), xdg, WRITABLE_SYSTEM);
    assertThat(settings.store().folder()).isEqualTo(Path.of("/var/cache/streamcache"));
    assertThat(settings.configFolder()).isEqualTo(Path.of("/etc/streamcache"));
  }

  @Test
  void load_publicEntry_readsTheFileOfTheFlagsFolder() throws Exception {
    file("PORT=4711");

    Settings settings = Settings.load(Map.of("config-dir", folder.toString()), Map.of());

    assertThat(settings.listen().port()).isEqualTo(4711);
  }

  @Test
  void shown_secretByName_isMasked() {
    assertThat(Setting.shown("ADMIN_TOKEN", "x")).isEqualTo("****");
    assertThat(Setting.shown("SECRET_KEY", "x")).isEqualTo("****");
    assertThat(Setting.shown("SECRET_KEY_FILE", "/a/place")).isEqualTo("/a/place");
    assertThat(Setting.shown("BASE_URL", "http://u:p@h/x")).isEqualTo("http://****@h/x");
    assertThat(Setting.shown("PORT", "x")).isEqualTo("x");
    assertThat(SettingsTable.all())
        .allMatch(setting ->
            Setting.shown(setting.name(), "x")
                .equals(setting.kind() instanceof ValueType.Secret ? "****" : "x"))
        .allMatch(setting -> setting.flag().matches("--[a-z]+(-[a-z]+)*"));
  }

  private Settings load(Map<String, String> environment) throws SettingsException {
    return Settings.load(Map.of(), environment(environment), WRITABLE_SYSTEM);
  }

  private List<String> problems(Map<String, String> flags, Map<String, String> environment) {
    return catchThrowableOfType(
            SettingsException.class,
            () -> Settings.load(flags, environment(environment), WRITABLE_SYSTEM))
        .problems();
  }

  private Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("CONFIG_DIR", folder.toString());
    return environment;
  }

  private void file(String... lines) throws IOException {
    Files.write(folder.resolve("streamcache.conf"), List.of(lines));
  }

  private static List<String> lines(Settings settings) {
    return settings.effective().stream().map(Effective::line).toList();
  }
}
