package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.AccountId;
import streamcache.testkit.FakeClock;

final class ProviderProfilesTest {

  private static final AccountId PANEL = new AccountId("panel.example:8080~a1b2c3");
  private static final AccountId NAS = new AccountId("[fd00::1]:80");
  private static final Instant NOW = Instant.parse("2030-02-01T12:00:00Z");

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock().setWall(NOW);

  private ProviderProfiles open() {
    return ProviderProfiles.open(folder.resolve("PROVIDERS"), clock);
  }

  private static ProviderProfile everything(ProviderProfile before) {
    return before
        .refusing(458)
        .refusing(403)
        .giving(true)
        .identifying(
            new ProviderProfile.Validators(/* areArbitrary= */ true, /* defeatRanges= */ true))
        .redirecting(
            new ProviderProfile.Redirects(/* isOneTime= */ false, Optional.of(Duration.ofHours(2))))
        .over(new ProviderProfile.Line(0.125, 5_000_000))
        .rating(new RangeRates(100_000, NOW.minusSeconds(30), 31_000_000, 2))
        .counting(new ProviderProfile.CoolDown(Duration.ofMillis(2500), NOW.minusSeconds(60)))
        .allowing(new ProviderProfile.Limit(2, Duration.ofMinutes(20), NOW.minusSeconds(90), 3))
        .spending(LocalDate.of(2030, 2, 1), 12_345);
  }

  @Test
  void save_thenOpened_knowsEverything() {
    ProviderProfiles profiles = open();
    profiles.learn(PANEL, ProviderProfilesTest::everything);
    profiles.learn(NAS, before -> before.giving(false));
    assertThat(profiles.isChanged()).isTrue();
    profiles.save();
    assertThat(profiles.isChanged()).isFalse();
    ProviderProfiles again = open();
    assertThat(again.all()).hasSize(2).isEqualTo(profiles.all());
    assertThat(again.of(PANEL)).isEqualTo(everything(ProviderProfile.NONE).seen(NOW));
    assertThat(again.of(NAS).ranges()).contains(false);
    assertThat(again.of(new AccountId("other:80"))).isEqualTo(ProviderProfile.NONE);
  }

  /** Whatever the file contains, the profiles start empty and can be written again. */
  @Test
  void open_spoilt_beginsAnew() throws IOException {
    ProviderProfiles profiles = open();
    profiles.learn(PANEL, ProviderProfilesTest::everything);
    profiles.save();
    Path file = folder.resolve("PROVIDERS");
    String good = Files.readString(file);
    byte[] binary = {(byte) 0xff, (byte) 0xfe, 0, 10, 1};
    List<byte[]> spoilt =
        Stream.concat(
                Stream.of(binary, new byte[0]),
                Stream.of(
                        good.substring(0, good.length() - 4),
                        good.replace("458", "459"),
                        good.replace("habits 1", "habits 2"),
                        "streamcache habits 7")
                    .map(text -> text.getBytes(StandardCharsets.UTF_8)))
            .toList();
    for (byte[] bytes : spoilt) {
      Files.write(file, bytes);
      assertThat(open().all()).as(new String(bytes, StandardCharsets.ISO_8859_1)).isEmpty();
    }
    ProviderProfiles reopened = open();
    reopened.learn(NAS, before -> before.giving(true));
    reopened.save();
    assertThat(open().all()).containsOnlyKeys(NAS);
  }

  @Test
  void save_fileOfSomebodyElse_isLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("PROVIDERS"), "hello");
    ProviderProfiles profiles = open();
    profiles.learn(NAS, before -> before.giving(true));
    profiles.save();
    assertThat(Files.readString(file)).isEqualTo("hello");
    assertThat(profiles.of(NAS).ranges()).contains(true);
  }

  @Test
  void save_noPlace_goesOnInMemory() {
    ProviderProfiles profiles =
        ProviderProfiles.open(folder.resolve("gone").resolve("PROVIDERS"), clock);
    profiles.learn(NAS, before -> before.giving(true));
    profiles.save();
    assertThat(profiles.of(NAS).ranges()).contains(true);
  }

  /** Profiles that a full disk had refused were never written, not even at shutdown. */
  @Test
  void save_afterAFailedOne_writesWhatIsStillUnwritten() throws IOException {
    ProviderProfiles profiles =
        ProviderProfiles.open(folder.resolve("later").resolve("PROVIDERS"), clock);
    profiles.learn(NAS, before -> before.giving(true));
    profiles.save();
    assertThat(profiles.isChanged()).isTrue();
    Files.createDirectory(folder.resolve("later"));
    profiles.save();
    assertThat(profiles.isChanged()).isFalse();
    assertThat(ProviderProfiles.open(folder.resolve("later").resolve("PROVIDERS"), clock).all())
        .containsOnlyKeys(NAS);
  }

  @Test
  void learn_tooManyAccounts_forgetsTheOldest() {
    ProviderProfiles profiles = open();
    for (int number = 0; number <= 1000; number++) {
      clock.advance(Duration.ofSeconds(1));
      profiles.learn(new AccountId("host" + number + ":80"), before -> before.giving(true));
    }
    assertThat(profiles.all())
        .hasSize(1000)
        .doesNotContainKey(new AccountId("host0:80"))
        .containsKey(new AccountId("host1000:80"));
  }

  @Test
  void spending_nextDay_beginsAtNothing() {
    ProviderProfile today =
        ProviderProfile.NONE
            .spending(LocalDate.of(2030, 2, 1), 5)
            .spending(LocalDate.of(2030, 2, 1), 7);
    assertThat(today.spent().bytes()).isEqualTo(12);
    assertThat(today.spending(LocalDate.of(2030, 2, 2), 3).spent().bytes()).isEqualTo(3);
  }

  /** A redirect target is dropped some time before it expires. */
  @Test
  void lifeOfRedirects_learned_yieldsToWhatIsSet() {
    ProviderProfile.Redirects known =
        new ProviderProfile.Redirects(false, Optional.of(Duration.ofMinutes(8)));
    assertThat(ProfileUpdates.lifeOfRedirects(known, Duration.ofMinutes(10)))
        .isEqualTo(Duration.ofMinutes(6));
    assertThat(ProfileUpdates.lifeOfRedirects(known, Duration.ofMinutes(5)))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void hear_whatAnotherNodeHasLearned_isKnownHere() {
    AccountId account = new AccountId("host:80~abc123");
    ProviderProfiles there = ProviderProfiles.inMemory(() -> Instant.ofEpochSecond(1000));
    ProviderProfiles here = ProviderProfiles.inMemory(() -> Instant.ofEpochSecond(900));
    here.learn(account, profile -> profile.giving(true));
    there.learn(account, profile -> profile.refusing(458));

    there.news().forEach(here::hear);

    assertThat(here.of(account)).isEqualTo(there.of(account));
    assertThat(there.news()).isEmpty();
    there.tellAgain();
    assertThat(there.news()).containsOnlyKeys(account);
  }

  @Test
  void hear_olderOrUnreadable_changesNothing() {
    AccountId account = new AccountId("host:80");
    ProviderProfiles here = ProviderProfiles.inMemory(() -> Instant.ofEpochSecond(1000));
    here.learn(account, profile -> profile.giving(true));
    ProviderProfile before = here.of(account);

    here.hear(account, " seen=1 limit=9");
    here.hear(account, "no profile");

    assertThat(here.of(account)).isEqualTo(before);
  }
}
