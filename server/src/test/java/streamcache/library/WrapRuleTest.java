package streamcache.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.library.StrmDecision.Change;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Kept;
import streamcache.library.StrmDecision.Left;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.link.StrmLine;

final class WrapRuleTest {

  private static final String BASE = "http://cache:8080/films";
  private static final String URL = "http://Panel.Example:8000/movie/u/pass/17.mkv|User-Agent=VLC";
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.5Z");

  @TempDir private Path folder;
  private Links links;

  @BeforeEach
  void makeKey() throws Exception {
    links = LibraryKeys.in(folder);
  }

  @Test
  void decide_url_getsASealedLinkFromWhichItCanBeRestored() throws Exception {
    Changed changed = changed(rule(), URL, Change.WRAP);
    assertThat(changed.target()).startsWith(BASE + "/e/").endsWith("/Heat%20%281995%29.mkv");
    assertThat(open(changed).text()).isEqualTo(URL);
    assertThat(changed.film()).isEqualTo(new StrmFilm("panel.example:8000", "17.mkv"));
    assertThat(changed.toString()).doesNotContain("pass");
    assertThat(new UnwrapRule(links, StrmFilter.ALL).decide(changed.target(), "x"))
        .isEqualTo(
            new Changed(Change.UNWRAP, URL, new StrmFilm("panel.example:8000", "Heat (1995).mkv")));
  }

  @ParameterizedTest
  @EnumSource(LinkForm.class)
  void decide_aSecondTime_changesNothing(LinkForm form) {
    WrapRule rule = rule(new LinkChoice(BASE, Optional.of(form), Optional.empty()));
    Changed changed = changed(rule, URL, Change.WRAP);
    assertThat(changed.target()).startsWith(BASE + form.start());
    assertThat(rule.decide(changed.target(), "renamed since")).isInstanceOf(Kept.class);
  }

  @ParameterizedTest
  @CsvSource({
    "plugin://video/x, NOT_WEB",
    "rtsp://h/x, NOT_WEB",
    "/media/film.mkv, NOT_WEB",
    "\\\\nas\\film.mkv, NOT_WEB",
    "http://h/live/u/p/1.ts, LIVE",
    "http://h/live/u/p/1, LIVE",
    "http://h:8000/user/pass/1234, LIVE",
    "http://h:8000/user/pass/1234.ts, LIVE",
    "http://h/a/INDEX.M3U8?token=x, PLAYLIST",
    "http://h/a.m3u, PLAYLIST",
    "https://h/a.mpd, PLAYLIST",
    "http://h/a.m3u8|User-Agent=x, PLAYLIST",
    "http://no.example/a.mkv, NOT_SELECTED",
  })
  void decide_targetThatIsNoFilm_isLeftAlone(String target, LeftAlone reason) {
    StrmFilter filter = new StrmFilter(List.of(), List.of("no.example"));
    WrapRule rule = new WrapRule(links, choice(), filter, /* includesLive= */ false, () -> NOW);
    assertThat(rule.decide(target, "x")).isEqualTo(new Left(reason));
  }

  @Test
  void decide_liveChannel_getsALinkIfAskedFor() {
    WrapRule rule =
        new WrapRule(links, choice(), StrmFilter.ALL, /* includesLive= */ true, () -> NOW);
    changed(rule, "http://h/live/u/p/1.ts", Change.WRAP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:///x", "http://h:99999/a", "http://u@v@w/a", "http://h/\u0001"})
  void decide_urlThatCannotBeUsed_isFaultyAndNotShown(String target) {
    assertThat(rule().decide(target, "x"))
        .isInstanceOfSatisfying(
            Faulty.class, faulty -> assertThat(faulty.sentence()).doesNotContain(target));
  }

  @Test
  void decide_linkOfAnotherAddress_isRebasedWithItsOptions() throws Exception {
    String path = links.makeRestorable(LinkForm.SEALED, URL, "Heat", Optional.empty());
    Changed changed = changed(rule(), "http://old:1" + path + "?error=status", Change.REBASE);
    assertThat(changed.target()).startsWith(BASE + "/e/").endsWith("?error=status");
    assertThat(open(changed).text()).isEqualTo(URL);
    assertThat(rule().decide(changed.target(), "x")).isInstanceOf(Kept.class);
  }

  @Test
  void decide_linkOfAnOlderKey_isMadeWithTheNewest() throws Exception {
    Changed old = changed(rule(), URL, Change.WRAP);
    links = LibraryKeys.rotated(folder);
    Changed fresh = changed(rule(), old.target(), Change.REBASE);
    assertThat(open(fresh).keyId()).isEqualTo(links.newestKey());
    assertThat(open(fresh).text()).isEqualTo(URL);
  }

  @Test
  void decide_linkOfAnotherServersKey_isFaulty(@TempDir Path other) throws Exception {
    String path = LibraryKeys.in(other).make(LinkForm.SEALED, URL, Optional.empty());
    assertThat(rule().decide("http://h" + path, "x"))
        .isInstanceOfSatisfying(
            Faulty.class, faulty -> assertThat(faulty.sentence()).contains("key"));
  }

  /** The script of the nginx version writes the standard alphabet, and wraps again at each run. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void decide_linkOfTheNginxVersion_isUnwrappedToItsEnd(int times) throws Exception {
    String original = "http://h.example/a?b=>>>???~~~&c=\u00fc.mkv";
    String target = original;
    for (int time = 0; time < times; time++) {
      target = "http://nginx:8080/u/" + Base64.getEncoder().encodeToString(target.getBytes(UTF_8));
    }
    Changed changed = changed(rule(), target, Change.REBASE);
    assertThat(open(changed).text()).isEqualTo(original);
    assertThat(new UnwrapRule(links, StrmFilter.ALL).decide(target, "x"))
        .isInstanceOfSatisfying(
            Changed.class, unwrapped -> assertThat(unwrapped.target()).isEqualTo(original));
  }

  @Test
  void decide_signedLink_staysSignedUnlessAFormIsAskedFor() throws Exception {
    String path = links.makeRestorable(LinkForm.SIGNED, URL, "x", Optional.empty());
    assertThat(rule().decide(BASE + path, "x")).isInstanceOf(Kept.class);
    WrapRule sealed = rule(new LinkChoice(BASE, Optional.of(LinkForm.SEALED), Optional.empty()));
    assertThat(changed(sealed, BASE + path, Change.REBASE).target()).startsWith(BASE + "/e/");
  }

  @Test
  void decide_lifetime_isRenewedWhenHalfOfItIsOver() throws Exception {
    Duration lifetime = Duration.ofDays(10);
    LinkChoice choice = new LinkChoice(BASE, Optional.empty(), Optional.of(lifetime));
    Changed changed = changed(rule(choice), URL, Change.WRAP);
    assertThat(open(changed).expires()).contains(Instant.parse("2026-12-10T12:00:00Z"));

    Instant before = NOW.plus(Duration.ofDays(4));
    Instant after = NOW.plus(Duration.ofDays(6));
    assertThat(at(before, choice).decide(changed.target(), "x")).isInstanceOf(Kept.class);
    Changed renewed = changed(at(after, choice), changed.target(), Change.REBASE);
    assertThat(open(renewed).expires()).contains(Instant.parse("2026-12-16T12:00:00Z"));
    assertThat(at(after, choice()).decide(renewed.target(), "x")).isInstanceOf(Kept.class);
  }

  @Test
  void decide_plainForALinkThatExpires_isLeftAlone() throws Exception {
    String path = links.make(LinkForm.SEALED, URL, Optional.of(NOW.plusSeconds(9)));
    WrapRule plain = rule(new LinkChoice(BASE, Optional.of(LinkForm.PLAIN), Optional.empty()));
    assertThat(plain.decide(BASE + path, "x")).isEqualTo(new Left(LeftAlone.EXPIRES));
  }

  private WrapRule rule() {
    return rule(choice());
  }

  private static LinkChoice choice() {
    return new LinkChoice(BASE, Optional.empty(), Optional.empty());
  }

  private WrapRule rule(LinkChoice choice) {
    return at(NOW, choice);
  }

  private WrapRule at(Instant now, LinkChoice choice) {
    return new WrapRule(links, choice, StrmFilter.ALL, /* includesLive= */ false, () -> now);
  }

  private static Changed changed(WrapRule rule, String target, Change change) {
    StrmDecision decision = rule.decide(target, "Heat (1995)");
    assertThat(decision).isInstanceOf(Changed.class);
    Changed changed = (Changed) decision;
    assertThat(changed.change()).isEqualTo(change);
    return changed;
  }

  private OpenedLink open(Changed changed) throws Exception {
    return links.open(StrmLine.path(changed.target()));
  }
}
