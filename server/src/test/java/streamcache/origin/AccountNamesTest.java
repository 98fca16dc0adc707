package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.link.AccountId;
import streamcache.link.Link;
import streamcache.settings.ProviderBlocks;

/** What redirects show about the accounts behind several host names. */
final class AccountNamesTest {

  private final ProviderProfiles profiles = ProviderProfiles.inMemory(Instant::now);
  private final AccountNames names = new AccountNames(ProviderBlocks.NONE, profiles);

  @ParameterizedTest
  @CsvSource({
    "http://a/movie/u/p/1.mkv, http://b/movie/u/p/1.mkv, true",
    "http://a/movie/u/p/1.mkv, http://b:8080/movie/u/p/1.mkv, true",
    "http://a/movie/u/p/1.mkv, http://b/movie/u/p/1.mkv?token=x, true",
    "http://a/series/u/p/1.mkv, http://b/series/u/p/1.mkv, true",
    "http://a/movie/u/p/1.mkv, http://b/movie/u/other/1.mkv, false",
    "http://a/movie/u/p/1.mkv, http://b/movie/v/p/1.mkv, false",
    "http://a/movie/u/p/1.mkv, http://b/movie/u/p/2.mkv, false",
    "http://a/movie/u/p/1.mkv, http://b/files/1.mkv?token=x, false",
    "http://a/files/1.mkv, http://b/files/1.mkv, false",
    "http://a/movie/u/p/1.mkv, http://a/movie/u/p/1.mkv?token=x, false",
  })
  void served_sameUserPasswordAndPath_oneAccount(String from, String to, boolean isOne) {
    Link link = link(from);
    names.served(link, Fetches.url(to));
    AccountId other = AccountId.of(Fetches.url(to));
    assertThat(names.of(link.account())).isEqualTo(link.account());
    assertThat(!other.equals(link.account()) && names.of(other).equals(link.account()))
        .isEqualTo(isOne);
  }

  @Test
  void served_hostsThatLeadToEachOther_oneAccountWithoutALoop() {
    names.served(link("http://a/movie/u/p/1.mkv"), Fetches.url("http://b/movie/u/p/1.mkv"));
    names.served(link("http://b/movie/u/p/1.mkv"), Fetches.url("http://a/movie/u/p/1.mkv"));
    names.served(link("http://c/movie/u/p/1.mkv"), Fetches.url("http://b/movie/u/p/1.mkv"));
    AccountId one = names.of(link("http://a/movie/u/p/2.mkv").account());
    assertThat(names.of(link("http://b/movie/u/p/2.mkv").account())).isEqualTo(one);
    assertThat(names.of(link("http://c/movie/u/p/2.mkv").account())).isEqualTo(one);
    assertThat(names.of(link("http://c/movie/v/p/2.mkv").account())).isNotEqualTo(one);
  }

  @Test
  void served_keptOverRestarts(@TempDir Path folder) {
    Path file = folder.resolve("PROVIDERS");
    ProviderProfiles before = ProviderProfiles.open(file, Instant::now);
    Link link = link("http://a/movie/u/p/1.mkv");
    new AccountNames(ProviderBlocks.NONE, before)
        .served(link, Fetches.url("http://b/movie/u/p/1.mkv"));
    before.save();
    AccountNames after =
        new AccountNames(ProviderBlocks.NONE, ProviderProfiles.open(file, Instant::now));
    assertThat(after.of(AccountId.of(Fetches.url("http://b/movie/u/p/9.mkv"))))
        .isEqualTo(link.account());
  }

  private static Link link(String url) {
    var parsed = Fetches.url(url);
    return new Link(parsed, parsed, Fetches.key(url), AccountId.of(parsed), Map.of(), "film.mkv");
  }
}
