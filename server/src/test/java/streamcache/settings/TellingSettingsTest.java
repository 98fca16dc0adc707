package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seerr and webhook settings: off by default, and never printed with their secrets. */
final class TellingSettingsTest {

  private static final Map<String, String> SEERR =
      Map.of("SEERR_URL", "http://nas:5055", "SEERR_API_KEY", "k3y=");

  @TempDir Path folder;

  @Test
  void load_nothingSet_tellsNobody() throws SettingsException {
    Settings settings = load(Map.of());
    assertThat(settings.seerr()).isEmpty();
    assertThat(settings.webhook()).isEmpty();
    assertThat(settings.rooms().seerr()).isEmpty();
    assertThat(settings.rooms().webhook()).isEmpty();
  }

  @Test
  void load_urlAndKey_hasTheDefaults() throws SettingsException {
    Settings settings = load(SEERR);
    assertThat(settings.seerr())
        .contains(
            new SeerrSettings(
                new Endpoint("http://nas:5055", ""),
                new SecretText("k3y="),
                OptionalInt.empty(),
                /* dryRun= */ false,
                3,
                Duration.ofHours(24),
                10,
                List.of(),
                /* asksProvider= */ true));
    assertThat(settings.rooms().seerr()).isEqualTo(settings.seerr());
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void load_allOfIt_reachesItsPlace() throws SettingsException {
    Map<String, String> flags = new HashMap<>(SEERR);
    flags.put("SEERR_URL", "https://Example.org:8443/seerr/");
    flags.put("SEERR_USER", "7");
    flags.put("SEERR_DRY_RUN", "yes");
    flags.put("SEERR_AFTER_FAILURES", "5");
    flags.put("SEERR_WITHIN", "6h");
    flags.put("SEERR_MAX_PER_HOUR", "2");
    flags.put("SEERR_ASK_PROVIDER", "0");
    flags.put("STRM_DIRS", "/media/films/, /media/x/../tv,,/media/films");
    flags.put("WEBHOOK_URL", "http://h.example/hook?id=1");
    flags.put("WEBHOOK_SECRET", "s3cret");
    Settings settings = load(flags);
    assertThat(settings.seerr())
        .contains(
            new SeerrSettings(
                new Endpoint("https://Example.org:8443", "/seerr"),
                new SecretText("k3y="),
                OptionalInt.of(7),
                /* dryRun= */ true,
                5,
                Duration.ofHours(6),
                2,
                List.of(Path.of("/media/films"), Path.of("/media/tv")),
                /* asksProvider= */ false));
    assertThat(settings.webhook())
        .contains(
            new WebhookSettings(
                new Endpoint("http://h.example", "/hook?id=1"),
                Optional.of(new SecretText("s3cret"))));
  }

  @ParameterizedTest
  @CsvSource({
    "SEERR_URL, http://nas:5055, SEERR_API_KEY",
    "SEERR_API_KEY, k3y, SEERR_URL",
    "STRM_DIRS, /media/films, SEERR_URL",
    "WEBHOOK_SECRET, s3cret, WEBHOOK_URL"
  })
  void load_halfOfIt_isOffAndSaidSo(String name, String value, String missing)
      throws SettingsException {
    Settings settings = load(Map.of(name, value));
    assertThat(settings.seerr()).isEmpty();
    assertThat(settings.webhook()).isEmpty();
    assertThat(settings.warnings())
        .containsExactly(name + " has no effect without " + missing + ", which is not set.");
  }

  @ParameterizedTest
  @CsvSource({
    "SEERR_URL, nas:5055",
    "SEERR_URL, ftp://nas",
    "SEERR_URL, http://user:pass@nas",
    "SEERR_URL, http://nas?x=1",
    "SEERR_URL, http://nas:0",
    "SEERR_URL, http://nas:65536",
    "SEERR_URL, http://nas/a b",
    "SEERR_URL, http://nas/%zz",
    "SEERR_API_KEY, two words",
    "SEERR_API_KEY, schlüssel",
    "SEERR_USER, 0",
    "SEERR_AFTER_FAILURES, 0",
    "SEERR_WITHIN, 5s",
    "SEERR_MAX_PER_HOUR, 0",
    "SEERR_ASK_PROVIDER, perhaps",
    "STRM_DIRS, films",
    "STRM_DIRS, '/media/films, tv'",
    "STRM_DIRS, ','",
    "WEBHOOK_URL, http://nas/#x",
    "WEBHOOK_SECRET, two words"
  })
  void load_valueThatCannotBe_isOneProblem(String name, String value) {
    SettingsException problem =
        catchThrowableOfType(SettingsException.class, () -> load(Map.of(name, value)));
    assertThat(problem.problems()).hasSize(1);
    assertThat(problem.problems().getFirst()).startsWith(name + " is '").contains("; expected ");
  }

  @Test
  void endpoint_templateInQuery_isEncoded() {
    String written = "https://ntfy.example/topic?tpl=1&t={{.title}}";
    Endpoint endpoint = Endpoint.parse(written, /* mayHaveQuery= */ true).orElseThrow();
    assertThat(endpoint.reveal())
        .isEqualTo("https://ntfy.example/topic?tpl=1&t=%7B%7B.title%7D%7D");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h", "https://my_host:8443/hook", "http://[fd00::1]:9/x?y=z%20"})
  void endpoint_isWhatWasWritten(String written) {
    Endpoint endpoint = Endpoint.parse(written, /* mayHaveQuery= */ true).orElseThrow();
    assertThat(endpoint.reveal()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/, h, 80, http://h",
    "HTTPS://h, h, 443, HTTPS://h",
    "https://my_host:8443/hook/x, my_host, 8443, https://my_host:8443/~",
    "http://[fd00::1], [fd00::1], 80, http://[fd00::1]",
    "http://[fd00::1]:9/x, [fd00::1], 9, http://[fd00::1]:9/~"
  })
  void endpoint_knowsHostAndPort(String written, String host, int port, String shown) {
    Endpoint endpoint = Endpoint.parse(written, /* mayHaveQuery= */ true).orElseThrow();
    assertThat(endpoint.host()).isEqualTo(host);
    assertThat(endpoint.port()).isEqualTo(port);
    assertThat(endpoint).hasToString(shown);
  }

  @Test
  void effective_secrets_areMasked() throws SettingsException {
    Map<String, String> flags = new HashMap<>(SEERR);
    flags.put("WEBHOOK_URL", "https://h.example:8443/api/secret1?token=secret2");
    flags.put("WEBHOOK_SECRET", "secret3");
    flags.put("SEERR_API_KEY", "secret4");
    Settings settings = load(flags);
    List<String> lines = settings.effective().stream().map(Effective::line).toList();
    assertThat(lines).noneMatch(line -> line.contains("secret1") || line.contains("secret2"));
    assertThat(lines).noneMatch(line -> line.contains("secret3") || line.contains("secret4"));
    assertThat(lines).anyMatch(line -> line.startsWith("WEBHOOK_URL=https://h.example:8443/****"));
    assertThat(lines).anyMatch(line -> line.startsWith("SEERR_API_KEY=****"));
    assertThat(lines).anyMatch(line -> line.startsWith("SEERR_URL=http://nas:5055"));
    assertThat(settings.toString()).doesNotContain("secret3", "secret4");
    assertThat(settings.rooms().toString())
        .doesNotContain("secret1", "secret2", "secret3", "secret4");
  }

  @Test
  void problem_ofASecret_doesNotShowIt() {
    SettingsException problem =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                load(
                    Map.of(
                        "SEERR_API_KEY", "hidden one",
                        "WEBHOOK_URL", "http://h/hidden two",
                        "WEBHOOK_SECRET", "hidden three")));
    assertThat(problem.problems()).hasSize(3).noneMatch(line -> line.contains("hidden"));
  }

  private Settings load(Map<String, String> flags) throws SettingsException {
    return Settings.load(flags, Map.of("CONFIG_DIR", folder.toString()), new Folders(_ -> true));
  }
}
