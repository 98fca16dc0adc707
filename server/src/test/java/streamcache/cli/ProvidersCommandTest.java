package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.AccountId;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.origin.RangeRates;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.testkit.FakeClock;

final class ProvidersCommandTest {

  private static final Instant NOW = Instant.parse("2030-02-01T12:00:00Z");

  @TempDir private Path folder;
  private final ProviderProfiles profiles = ProviderProfiles.inMemory(new FakeClock().setWall(NOW));

  private String run(List<String> lines, String... words) throws SettingsException, IOException {
    Files.write(folder.resolve("streamcache.conf"), lines);
    Settings settings = Settings.load(Map.of("CONFIG_DIR", folder.toString()), Map.of());
    StringWriter text = new StringWriter();
    new ProvidersCommand(settings, profiles, new PrintWriter(text)).run(List.of(words));
    return text.toString().replace(folder + "/", "");
  }

  @Test
  void run_knownAccount_tellsWhatAppliesAndWhatWasLearned() throws Exception {
    profiles.learn(
        new AccountId("panel.example:8080~a1b2c3"),
        before ->
            before
                .identifying(new ProviderProfile.Validators(true, true))
                .over(new ProviderProfile.Line(0.12, 5_200_000))
                .counting(new ProviderProfile.CoolDown(Duration.ofMillis(2500), NOW))
                .allowing(new ProviderProfile.Limit(1, Duration.ofMinutes(10), NOW, 0))
                .spending(profiles.today(), 1_500_000_000));

    String told =
        run(
            List.of(
                "[provider *]",
                "AGENT = anybody",
                "FILL_QUOTA = 5GB",
                "[provider *.example]",
                "AGENT = VLC",
                "COOL_DOWN = 3s",
                "TRUST_VALIDATORS = 1",
                "[provider nas.lan]",
                "NO_RANGE = 1"));

    assertThat(told)
        .isEqualTo(
            """
            panel.example:8080~a1b2c3
              set      COOL_DOWN = 3s   # [provider *.example] at streamcache.conf:4
              set      AGENT = VLC   # [provider *.example] at streamcache.conf:4, overrides [provider *] at streamcache.conf:1
              set      TRUST_VALIDATORS = 1   # [provider *.example] at streamcache.conf:4
              set      FILL_QUOTA = 5GB   # [provider *] at streamcache.conf:1
              learned  allows 1 connection at once
              learned  counts a connection for another 2.5 s after it was closed; overridden by COOL_DOWN
              learned  validators mean nothing, so bytes are compared; overridden by TRUST_VALIDATORS
              learned  sends the whole file for a range with If-Range, which is left out
              learned  first byte after 120 ms
              learned  5.2 MB/s per connection
              learned  1.5 GB of 5.0 GB fetched in the background today
            [provider nas.lan] at streamcache.conf:8 has matched no provider so far.
            """);
  }

  /** Only its three comparisons make it certain; the settings of other hosts do not matter. */
  @ParameterizedTest
  @CsvSource({
    "2, other.example, ''",
    "3, other.example, '; add the line RANGE_SIZE = 8MiB to the block [provider panel.example] of"
        + " streamcache.conf, and begin that block if there is none'",
    "3, panel.example, '; overridden by RANGE_SIZE'",
  })
  void run_openRangesThrottled_saysWhichLineMendsThat(int contrasts, String host, String told)
      throws Exception {
    profiles.learn(
        new AccountId("panel.example:8080~a1b2c3"),
        before -> before.rating(new RangeRates(100_000, NOW, 31_300_000, contrasts)));
    String out = run(List.of("[provider " + host + "]", "RANGE_SIZE = 4MiB"));
    String line =
        "learned  throttles open ranges to 0.10 MB/s and sends short closed ones at 31.3 MB/s";
    if (told.isEmpty()) {
      assertThat(out).contains("learned  nothing so far").doesNotContain("throttles");
    } else {
      assertThat(out).contains(line + told + "\n");
    }
  }

  @Test
  void run_oneHost_tellsOfItAlone() throws Exception {
    profiles.learn(new AccountId("one.example:80"), before -> before);
    assertThat(run(List.of("[provider two.example:81]", "AGENT=x"), "Two.Example:81"))
        .isEqualTo(
            """
            two.example:81
              set      AGENT = x   # [provider two.example:81] at streamcache.conf:1
              learned  nothing so far
            """);
  }

  @Test
  void run_noHost_saysHowToWriteIt() throws Exception {
    assertThat(run(List.of(), "http://joe:canary@x/"))
        .contains("not a host")
        .doesNotContain("canary");
  }

  @Test
  void run_nothingKnown_saysSo() throws Exception {
    assertThat(run(List.of())).startsWith("No provider has settings of its own");
  }
}
