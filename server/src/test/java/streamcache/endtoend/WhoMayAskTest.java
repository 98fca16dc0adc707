package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.settings.RequireSigned;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** Which clients may use which links, by real requests; players here are on the loopback. */
final class WhoMayAskTest {

  private static final Content FILM = Content.of(5, 300_000);
  private static final String STRANGER = "X-Forwarded-For: 8.8.8.8";
  private static final String NEIGHBOUR = "X-Forwarded-For: 192.168.1.5";
  private static final String PROXY = "127.0.0.1";

  @Test
  void plain_fromHome_playsWithoutAnySetting() throws IOException {
    try (Rig rig = rig(RequireSigned.PUBLIC)) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json", "*/*"})
  void plain_fromOutside_isRefusedInTheAskersForm(String accept) throws IOException {
    try (Rig rig = rig(RequireSigned.PUBLIC, PROXY)) {
      Answer answer = rig.get("/film.mkv", STRANGER, "Accept: " + accept);

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).contains("sealed one").doesNotContain("REQUIRE_SIGNED", "8.8.8.8");
      assertThat(answer.header("Content-Type").orElseThrow())
          .contains(accept.equals("*/*") ? "text/plain" : accept.replace("/json", "/problem+json"));
      assertThat(answer.text().contains("urn:streamcache:problem:unsigned-link"))
          .isEqualTo(accept.endsWith("json"));
      assertThat(rig.head("/film.mkv", STRANGER).status()).isEqualTo(403);
      assertThat(rig.origin().requests("/film.mkv")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // required, trusted proxy, X-Forwarded-For, whether plain links play
    "PUBLIC, ,          ,         true",
    "PUBLIC, ,          home,     false",
    "PUBLIC, ,          outside,  false",
    "PUBLIC, 127.0.0.1, ,         true",
    "PUBLIC, 127.0.0.1, home,     true",
    "PUBLIC, 127.0.0.1, outside,  false",
    "PUBLIC, 10.0.0.1,  home,     false",
    "OFF,    ,          outside,  true",
    "OFF,    127.0.0.1, outside,  true",
    "ALWAYS, ,          ,         false",
    "ALWAYS, 127.0.0.1, home,     false",
  })
  void settings_decideOnPlainLinksOnly(
      RequireSigned required, String proxy, String from, boolean plays)
      throws IOException, BadLink {
    String[] proxies = proxy == null ? new String[0] : new String[] {proxy};
    String[] headers =
        from == null ? new String[0] : new String[] {from.equals("home") ? NEIGHBOUR : STRANGER};
    try (Rig rig = rig(required, proxies)) {
      assertThat(rig.get("/film.mkv", headers).status()).isEqualTo(plays ? 200 : 403);
      for (LinkForm form : new LinkForm[] {LinkForm.SIGNED, LinkForm.SEALED}) {
        String link = rig.link(form, "/film.mkv", Optional.empty());
        RawClient.get(rig.address(), link, headers).check(FILM, 0, FILM.length());
      }
      assertThat(rig.origin().requests("/film.mkv")).as("one title in all forms").hasSize(1);
    }
  }

  @Test
  void plain_rememberedFromHome_isStillRefusedToAStranger() throws IOException {
    try (Rig rig = rig(RequireSigned.PUBLIC, PROXY)) {
      assertThat(rig.get("/film.mkv").status()).isEqualTo(200);
      assertThat(rig.get("/film.mkv", STRANGER).status()).isEqualTo(403);
      assertThat(rig.get("/film.mkv", NEIGHBOUR).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SEALED"})
  void link_expired_isRefusedEachTimeAndNothingIsFetched(LinkForm form)
      throws IOException, BadLink {
    try (Rig rig = rig(RequireSigned.PUBLIC)) {
      String over = rig.link(form, "/film.mkv", Optional.of(Instant.now().minusSeconds(1)));
      for (int time = 0; time < 3; time++) {
        Answer answer = RawClient.get(rig.address(), over);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("This link has expired");
      }
      assertThat(rig.origin().requests("/film.mkv")).isEmpty();

      String good = rig.link(form, "/film.mkv", Optional.of(Instant.now().plusSeconds(3600)));
      RawClient.get(rig.address(), good).check(FILM, 0, FILM.length());
    }
  }

  /** A request answered without a thread passes the same checks as any other. */
  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SEALED"})
  void rangeOfACompleteTitle_strangerOrExpired_isRefused(LinkForm form)
      throws IOException, BadLink {
    String part = "Range: bytes=1000-1999";
    try (Rig rig = rig(RequireSigned.PUBLIC, PROXY)) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      rig.get("/film.mkv", part).check(FILM, 1000, 2000);
      rig.get("/film.mkv", part, NEIGHBOUR).check(FILM, 1000, 2000);
      assertThat(rig.get("/film.mkv", part, STRANGER).status()).isEqualTo(403);
      assertThat(rig.head("/film.mkv", STRANGER).status()).isEqualTo(403);
      String over = rig.link(form, "/film.mkv", Optional.of(Instant.now().minusSeconds(1)));
      assertThat(RawClient.get(rig.address(), over, part).status()).isEqualTo(403);
      String good = rig.link(form, "/film.mkv", Optional.of(Instant.now().plusSeconds(3600)));
      RawClient.get(rig.address(), good, part, STRANGER).check(FILM, 1000, 2000);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SEALED"})
  void link_forgedCutOrOfAnotherServer_isBadAndNothingIsFetched(LinkForm form)
      throws IOException, BadLink {
    try (Rig rig = rig(RequireSigned.PUBLIC);
        Rig other = rig(RequireSigned.PUBLIC)) {
      String good = rig.link(form, "/film.mkv", Optional.empty());
      String foreign = other.link(form, "/film.mkv", Optional.empty());
      String forged =
          good.substring(0, 8) + (good.charAt(8) == 'x' ? 'y' : 'x') + good.substring(9);
      for (String bad : new String[] {forged, good.substring(0, 20), foreign, form.start()}) {
        Answer answer = RawClient.get(rig.address(), bad, STRANGER);
        assertThat(answer.status()).as(bad).isEqualTo(400);
        assertThat(answer.text()).containsAnyOf("changed or truncated", "does not have");
      }
      assertThat(rig.origin().requests("/film.mkv")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site,  document, false",
    "cross-site,  image,    false",
    "cross-site,  empty,    false",
    "Cross-Site,  ,         false",
    "cross-site,  video,    true",
    "cross-site,  audio,    true",
    "cross-site,  track,    true",
    "same-origin, document, true",
    "same-site,   empty,    true",
    "none,        document, true",
  })
  void plain_askedByAPageOfAnotherSite_onlyAsMedia(String site, String destination, boolean plays)
      throws IOException, BadLink {
    String[] headers = {
      "Sec-Fetch-Site: " + site, "Sec-Fetch-Dest: " + (destination == null ? "" : destination)
    };
    for (RequireSigned required : new RequireSigned[] {RequireSigned.PUBLIC, RequireSigned.OFF}) {
      try (Rig rig = rig(required)) {
        Answer answer = rig.get("/film.mkv", headers);
        assertThat(answer.status()).isEqualTo(plays ? 200 : 403);
        assertThat(answer.text().contains("another site")).isEqualTo(!plays);
        assertThat(rig.origin().requests("/film.mkv")).hasSize(plays ? 1 : 0);
        String sealed = rig.link(LinkForm.SEALED, "/film.mkv", Optional.empty());
        assertThat(RawClient.get(rig.address(), sealed, headers).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void metrics_areForHomeAndHealthIsForEverybody() throws IOException {
    try (Rig rig = rig(RequireSigned.OFF, PROXY)) {
      assertThat(RawClient.get(rig.address(), "/metrics").status()).isEqualTo(200);
      assertThat(RawClient.get(rig.address(), "/metrics", NEIGHBOUR).status()).isEqualTo(200);
      Answer refused = RawClient.get(rig.address(), "/metrics", STRANGER);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).doesNotContain("streamcache_requests");
      assertThat(RawClient.get(rig.address(), "/healthz", STRANGER).text()).startsWith("ok");
    }
    try (Rig rig = rig(RequireSigned.PUBLIC)) {
      assertThat(RawClient.get(rig.address(), "/metrics", NEIGHBOUR).status()).isEqualTo(403);
      assertThat(RawClient.get(rig.address(), "/healthz", NEIGHBOUR).status()).isEqualTo(200);
    }
  }

  @Test
  void refusal_isLoggedWithTheSettingAndCounted() throws IOException {
    Logger access = (Logger) LoggerFactory.getLogger("access");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    access.addAppender(log);
    try (Rig rig = rig(RequireSigned.PUBLIC, PROXY);
        Rig proxied = rig(RequireSigned.PUBLIC)) {
      rig.get("/film.mkv", STRANGER);
      proxied.get("/film.mkv", STRANGER);
      RawClient.get(rig.address(), "/metrics", STRANGER);

      List<String> lines =
          List.copyOf(log.list).stream()
              .map(event -> String.valueOf(event.getKeyValuePairs()))
              .toList();
      assertThat(lines)
          .hasSize(3)
          .anyMatch(line -> line.contains("8.8.8.8") && line.contains("REQUIRE_SIGNED"))
          .anyMatch(line -> line.contains("127.0.0.1") && line.contains("TRUSTED_PROXIES"))
          .noneMatch(line -> line.contains("film"));
      assertThat(RawClient.get(rig.address(), "/metrics").text())
          .contains("streamcache_refusals_total{cause=\"unsigned-link\"} 1.0")
          .contains("streamcache_refusals_total{cause=\"private-page\"} 1.0");
    } finally {
      access.detachAppender(log);
    }
  }

  private static Rig rig(RequireSigned required, String... trustedProxies) throws IOException {
    return Rig.asking(required, trustedProxies).serve("/film.mkv", Script.of(FILM));
  }
}
