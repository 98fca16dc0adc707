package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProviderBlocksTest {

  private static final int HTTP = 80;

  @TempDir private Path folder;

  private Settings load(String... lines) throws SettingsException, IOException {
    Files.write(folder.resolve("streamcache.conf"), List.of(lines));
    Folders folders = new Folders(_ -> true);
    return Settings.load(Map.of("CONFIG_DIR", folder.toString()), Map.of(), folders);
  }

  private String problem(String... lines) {
    try {
      load(lines);
    } catch (SettingsException e) {
      assertThat(e.problems()).hasSize(1);
      return e.problems().getFirst().replace(folder + "/", "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return "";
  }

  @Test
  void rules_everyKeySet_reachesItsPlace() throws Exception {
    Settings settings =
        load(
            "PORT = 81",
            "[provider Panel.Example.org:8080]  # mine",
            "max-connections = 2",
            "COOL_DOWN = 3s",
            "AGENT = \"VLC/3.0.20 #LibVLC\"",
            "HEADER = X-One: 1:2",
            "HEADER = X-Two: two",
            "DROP_PARAMETERS = token, t",
            "ACCOUNT = my-panel.1",
            "NO_RANGE = 1",
            "RANGE_SIZE = 8MiB",
            "RATE_LIMIT = 4MiB",
            "FILL_RATE_LIMIT = 1MiB",
            "FILL_QUOTA = 50GB",
            "FILL_HOURS = 23:30-7:00",
            "COMPLETE_AFTER = 15 %",
            "TRUST_VALIDATORS = 0",
            "ADMISSION = share",
            "PROXY = socks5://joe:p%40ss@10.0.0.1:9050",
            "DISABLE_SSL_VERIFY = 1",
            "TLS_LEGACY = 1",
            "ERROR_VIDEO = off");

    assertThat(settings.listen().port()).isEqualTo(81);
    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.fill().rules("panel.example.org", 8080))
        .isEqualTo(
            new ProviderRules(
                OptionalInt.of(2),
                Optional.of(Duration.ofSeconds(3)),
                new ProviderRules.Request(
                    Optional.of("VLC/3.0.20 #LibVLC"),
                    List.of(new ExtraHeader("X-One", "1:2"), new ExtraHeader("X-Two", "two")),
                    /* hasRanges= */ false,
                    OptionalLong.of(8 << 20),
                    Optional.of(
                        new Proxy(
                            Proxy.Kind.SOCKS5,
                            "10.0.0.1",
                            9050,
                            Optional.of(new Proxy.Credentials("joe", "p@ss"))))),
                new ProviderRules.Fills(
                    OptionalLong.of(4 << 20),
                    OptionalLong.of(1 << 20),
                    OptionalLong.of(50_000_000_000L),
                    Optional.of(new DayHours(LocalTime.of(23, 30), LocalTime.of(7, 0))),
                    15),
                Optional.of(false),
                AdmissionPolicy.SHARE));
    ProviderBlocks blocks = settings.fill().providers();
    assertThat(blocks.dropParameters("panel.example.org", 8080)).containsOnly("token", "t");
    assertThat(blocks.permitsLegacyTls("panel.example.org", 8080)).isTrue();
    assertThat(blocks.permitsLegacyTls("panel.example.org", HTTP)).isFalse();
    assertThat(blocks.account("panel.example.org", 8080)).contains("my-panel.1");
    assertThat(blocks.account("panel.example.org", HTTP)).isEmpty();
    assertThat(blocks.errorVideo("panel.example.org", 8080)).contains(ErrorVideoPolicy.OFF);
    assertThat(blocks.errorVideo("panel.example.org", HTTP)).isEmpty();
    assertThat(settings.fill().verifiesTls("panel.example.org", 8080)).isFalse();
    assertThat(settings.fill().rules("panel.example.org", HTTP)).isEqualTo(ProviderRules.NONE);
    assertThat(settings.fill().verifiesTls("panel.example.org", HTTP)).isTrue();
  }

  /** The account has the rules of its blocks, whichever of its hosts a link names. */
  @Test
  void accountRules_severalBlocks_firstInTheFileThatSetsTheKey() throws Exception {
    FillSettings fill =
        load(
                "[provider a.example]",
                "ACCOUNT = one",
                "[provider b.example]",
                "ACCOUNT = one",
                "MAX_CONNECTIONS = 2",
                "[provider *.c.example]",
                "ACCOUNT = one",
                "MAX_CONNECTIONS = 3",
                "COOL_DOWN = 4s",
                "[provider d.example]",
                "ACCOUNT = two",
                "MAX_CONNECTIONS = 9")
            .fill();
    assertThat(fill.accountRules("one").maxConnections()).hasValue(2);
    assertThat(fill.accountRules("one").coolDown()).contains(Duration.ofSeconds(4));
    assertThat(fill.providers().account("x.c.example", HTTP)).contains("one");
    assertThat(fill.providers().account("c.example", HTTP)).isEmpty();
  }

  /** Applies key by key, whatever the order in the file. */
  @Test
  void rules_severalBlocks_theMoreSpecificWins() throws Exception {
    ProviderBlocks blocks =
        load(
                "[provider cdn.example.org:81]",
                "MAX_CONNECTIONS = 5",
                "[provider *]",
                "MAX_CONNECTIONS = 1",
                "AGENT = all",
                "HEADER = X-A: all",
                "HEADER = X-B: all",
                "[provider cdn.example.org]",
                "MAX_CONNECTIONS = 4",
                "[provider *.example.org]",
                "MAX_CONNECTIONS = 3",
                "HEADER = x-a: some",
                "[provider *.org]",
                "MAX_CONNECTIONS = 2",
                "AGENT = org")
            .fill()
            .providers();

    assertThat(connections(blocks, "cdn.example.org", 81)).hasValue(5);
    assertThat(connections(blocks, "cdn.example.org", 80)).hasValue(4);
    assertThat(connections(blocks, "other.example.org", 80)).hasValue(3);
    assertThat(connections(blocks, "example.org", 80)).hasValue(2);
    assertThat(connections(blocks, "10.0.0.1", 80)).hasValue(1);
    assertThat(connections(blocks, "[fd00::1]", 80)).hasValue(1);
    ProviderRules rules = blocks.rules("cdn.example.org", 81, ProviderRules.NONE);
    assertThat(rules.request().agent()).contains("org");
    assertThat(rules.request().headers().stream().map(ExtraHeader::value))
        .containsExactlyInAnyOrder("some", "all");
    assertThat(
            blocks.applied("cdn.example.org", 81).stream()
                .map(applied ->
                    applied.key()
                        + "="
                        + applied.value()
                        + " from "
                        + applied.from().hosts()
                        + " over "
                        + applied.over().stream().map(ProviderBlock::hosts).toList()))
        .containsExactly(
            "MAX_CONNECTIONS=5 from cdn.example.org:81 over"
                + " [cdn.example.org, *.example.org, *.org, *]",
            "AGENT=org from *.org over [*]",
            "HEADER=x-a: **** from *.example.org over [*]",
            "HEADER=X-B: **** from * over []");
  }

  private static OptionalInt connections(ProviderBlocks blocks, String host, int port) {
    return blocks.rules(host, port, ProviderRules.NONE).maxConnections();
  }

  @Test
  void rules_asSpecific_theOneFurtherDownWins() throws Exception {
    Settings settings =
        load("[provider a*.b.c]", "AGENT = one", "[provider *a.b.c]", "AGENT = two");
    assertThat(settings.warnings()).hasSize(1);
    assertThat(settings.warnings().getFirst())
        .contains("[provider a*.b.c] at ", "[provider *a.b.c] at ", "the second one applies");
    assertThat(load("[provider a*.b.c]", "AGENT=1", "[provider d*.b.c]", "AGENT=2").warnings())
        .as("no host fits both")
        .isEmpty();
    ProviderBlocks blocks = settings.fill().providers();
    assertThat(blocks.rules("aa.b.c", HTTP, ProviderRules.NONE).request().agent()).contains("two");
  }

  @Test
  void rules_addresses_matchEverySpelling() throws Exception {
    ProviderBlocks blocks =
        load("[provider [fd00::1]:81]", "MAX_CONNECTIONS = 9", "[provider 192.168.1.5]", "AGENT=n")
            .fill()
            .providers();
    assertThat(connections(blocks, "[fd00:0::1]", 81)).hasValue(9);
    assertThat(connections(blocks, "fd00:0:0:0:0:0:0:1", 81)).hasValue(9);
    assertThat(connections(blocks, "[fd00::1]", 82)).isEmpty();
    assertThat(blocks.of("192.168.1.5", 8080)).hasSize(1);
  }

  @Test
  void load_badBlocks_oneSentenceWithTheLine() {
    assertThat(problem("", "[provider x.org]", "AGNET = y"))
        .isEqualTo("Unknown key AGNET in streamcache.conf:3; did you mean AGENT?");
    assertThat(problem("[provider x.org]", "PORT = 80"))
        .startsWith(
            "PORT in streamcache.conf:2 is not a key of a provider; put settings of the server");
    assertThat(problem("[provider x.org]", "FILL_QUOTA = lots"))
        .startsWith("FILL_QUOTA is 'lots' in streamcache.conf:2; expected a size from 0");
    assertThat(problem("[provider x.org]", "FILL_HOURS = 7:00-07:00"))
        .startsWith("FILL_HOURS is '7:00-07:00' in streamcache.conf:2; expected two different");
    assertThat(problem("[provider x.org]", "MAX_CONNECTIONS = 0"))
        .contains("expected a number from 1 to 64");
    assertThat(problem("[provider x.org]", "DROP_PARAMETERS = t,username"))
        .contains("not username");
    assertThat(problem("[provider x.org]", "HEADER = Range: bytes=0-1")).contains("HEADER");
    assertThat(problem("[provider X.org]", "AGENT=a", "[provider x.org.]", "NO_RANGE=1"))
        .isEqualTo(
            "streamcache.conf:3 begins a second block for x.org; merge it into the first one at"
                + " streamcache.conf:1.");
    assertThat(problem("[prvider x.org]", "AGENT=a"))
        .startsWith("streamcache.conf:1 is not a block header; write [provider HOST]");
  }

  @Test
  void load_globThatMatchesNothing_isRefused() {
    for (String glob :
        List.of("http://x.org", "x..org", "10.0.0.0/8", "x.org/films", "x.org:0", "300.1.1.1")) {
      assertThat(problem("[provider " + glob + "]", "AGENT=a"))
          .startsWith("streamcache.conf:1 names ")
          .contains("which matches no host of a link");
    }
  }

  /** A value that may be secret is not repeated in an error message that logs keep. */
  @Test
  void load_badSecret_isNotShown() {
    assertThat(problem("[provider x.org]", "PROXY = socks4://joe:canary@h:1"))
        .startsWith("PROXY is invalid in streamcache.conf:2; expected http://")
        .doesNotContain("canary");
    assertThat(problem("[provider x.org]", "HEADER = Host: canary")).doesNotContain("canary");
  }

  @Test
  void load_nothingToSwitchOff_isSaid() throws Exception {
    assertThat(load("[provider x.org]", "NO_HEAD = 1").warnings().toString())
        .contains("NO_HEAD in")
        .contains("no HEAD request is ever sent to a provider");
  }

  @Test
  void hours_overMidnight_holdBothSides() {
    DayHours night = DayHours.parse("23:00-6:30").orElseThrow();
    assertThat(night.contains(LocalTime.of(23, 0))).isTrue();
    assertThat(night.contains(LocalTime.of(2, 0))).isTrue();
    assertThat(night.contains(LocalTime.of(6, 30))).isFalse();
    assertThat(night.contains(LocalTime.NOON)).isFalse();
    DayHours evening = DayHours.parse("20:00-24:00").orElseThrow();
    assertThat(evening.contains(LocalTime.of(23, 59))).isTrue();
    assertThat(evening.contains(LocalTime.MIDNIGHT)).isFalse();
  }

  @Test
  void toString_ofWhatHoldsSecrets_hidesThem() throws Exception {
    Settings settings =
        load(
            "[provider x.org]",
            "PROXY = http://joe:canary@h",
            "HEADER = X-Key: canary",
            "COMPLETE_AFTER = 1");
    assertThat(settings.toString() + settings.fill().rules("x.org", HTTP))
        .contains("x.org")
        .doesNotContain("canary");
    assertThat(settings.fill().providers().applied("x.org", HTTP).toString())
        .contains("http://****@h:8080")
        .doesNotContain("canary");
  }

  @Test
  void exception_namesEveryProblem() {
    assertThatThrownBy(() -> load("[provider x.org]", "A_B = 1", "C_D = 2"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(":2")
        .hasMessageContaining(":3");
  }
}
