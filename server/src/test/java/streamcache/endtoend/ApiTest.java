package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.LinkCodec;
import streamcache.link.TitleKey;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import tools.jackson.databind.JsonNode;

/** What the operator sees and does while the server works. */
final class ApiTest {

  private static final Content FILM = Content.of(18, 8 * MIB);
  private static final Content SMALL = Content.of(19, 300_000);
  private static final String PATH = "/movie/anna18/geheim123/film.mkv";

  private static JsonNode ok(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).doesNotContain("anna18", "geheim123", Rig.TOKEN);
    return ApiClient.json(answer);
  }

  private static TitleKey key(Rig rig, String path) throws BadLink {
    return new LinkCodec().decode(new LinkCodec().encode(rig.origin().url(path))).key();
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.path("titles").forEach(title -> names.add(title.path("name").asString()));
    return names;
  }

  @Test
  void play_inProgress_isShownAndKeepsItsTitle() throws Exception {
    Gate gate = new Gate();
    try (Rig rig = Rig.start().serve(PATH, Script.of(FILM).gate(4 * MIB, gate))) {
      ApiClient operator = ApiClient.of(rig);
      CheckedStream player = rig.stream(PATH, FILM, "User-Agent: VLC/3.0.20 LibVLC/3.0.20");
      player.awaitBytes(4 * MIB);

      JsonNode play = ok(operator.get("/api/v1/plays")).path("plays").path(0);
      String id = key(rig, PATH).value();
      assertThat(play.path("title").asString()).isEqualTo(id);
      assertThat(play.path("name").asString()).isEqualTo("film.mkv");
      assertThat(play.path("host").asString()).isEqualTo("127.0.0.1");
      assertThat(play.path("client").asString()).isEqualTo("127.0.0.1");
      assertThat(play.path("agent").asString()).startsWith("VLC/3.0.20");
      assertThat(play.path("sentBytes").asLong()).isBetween(4 * MIB - 128 * 1024, 4 * MIB);
      assertThat(play.path("position").asLong()).isEqualTo(play.path("sentBytes").asLong());

      JsonNode account = ok(operator.get("/api/v1/accounts")).path("accounts").path(0);
      assertThat(account.path("account").asString()).startsWith("127.0.0.1:");
      assertThat(account.path("limit").asInt()).isEqualTo(1);
      assertThat(account.path("open").asInt()).isEqualTo(1);
      assertThat(account.path("titles").path(0).path("players").asInt()).isEqualTo(1);
      assertThat(account.path("titles").path(0).path("connections").asInt()).isEqualTo(1);

      assertThat(ok(operator.get("/api/v1/status")).path("plays").asInt()).isEqualTo(1);
      JsonNode title = ok(operator.get("/api/v1/titles/" + id));
      assertThat(title.path("isInUse").asBoolean()).isTrue();
      assertThat(title.path("isComplete").asBoolean()).isFalse();
      assertThat(title.path("readers").asInt()).isEqualTo(1);
      assertThat(title.path("sizeBytes").asLong()).isEqualTo(FILM.length());
      assertThat(title.path("present").path(0).path("to").asLong()).isEqualTo(4 * MIB);

      Answer refused = operator.post("/api/v1/titles/" + id + "/evict", "");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(ApiClient.json(refused).path("detail").asString()).contains("{\"when\":\"free\"}");
      assertThat(
              ok(operator.post("/api/v1/titles/" + id + "/evict", "{\"when\":\"free\"}"))
                  .path("outcome")
                  .asString())
          .isEqualTo("waiting");

      gate.open();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      operator.awaitStatus("/api/v1/titles/" + id, 404);
      operator.await("/api/v1/plays", answer -> ok(answer).path("plays").isEmpty());
      assertThat(rig.usedBytes()).isZero();
      assertThat(rig.origin().requests(PATH)).hasSize(1);
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length());
    }
  }

  @Test
  void evict_storedTitle_isFetchedAnewByTheNextPlay() throws Exception {
    try (Rig rig = Rig.start().serve(PATH, Script.of(SMALL))) {
      rig.get(PATH).check(SMALL, 0, SMALL.length());
      String evict = "/api/v1/titles/" + key(rig, PATH).value() + "/evict";
      rig.restart();
      ApiClient again = ApiClient.of(rig);
      assertThat(ok(again.post(evict, "{}")).path("outcome").asString()).isEqualTo("evicted");

      assertThat(rig.usedBytes()).isZero();
      assertThat(again.post(evict, "{}").status()).isEqualTo(404);
      rig.get(PATH).check(SMALL, 0, SMALL.length());
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(2 * SMALL.length());
    }
  }

  @Test
  void titles_show_areThoseThatWereAskedFor() throws Exception {
    Gate gate = new Gate();
    try (Rig rig = Rig.start().serve(PATH, Script.of(FILM).gate(4 * MIB, gate))) {
      rig.serve("/small.mkv", Script.of(SMALL));
      rig.get("/small.mkv").check(SMALL, 0, SMALL.length());
      ApiClient operator = ApiClient.of(rig);
      String small = key(rig, "/small.mkv").value();
      operator.await("/api/v1/titles/" + small, answer -> !ok(answer).path("isInUse").asBoolean());
      ok(operator.post("/api/v1/titles/" + small + "/pin", ""));
      try (CheckedStream player = rig.stream(PATH, FILM).awaitBytes(MIB)) {
        String film = key(rig, PATH).value();
        assertThat(shown(operator, "complete")).containsExactly(small);
        assertThat(shown(operator, "partial")).containsExactly(film);
        assertThat(shown(operator, "in-use")).containsExactly(film);
        assertThat(shown(operator, "staying")).containsExactly(small);
        assertThat(shown(operator, "all")).containsExactlyInAnyOrder(small, film);
        assertThat(operator.get("/api/v1/titles?show=some").status()).isEqualTo(400);
        gate.open();
        player.awaitEnd();
      }
    }
  }

  private static List<String> shown(ApiClient operator, String which) throws IOException {
    List<String> ids = new ArrayList<>();
    ok(operator.get("/api/v1/titles?show=" + which))
        .path("titles")
        .forEach(title -> ids.add(title.path("id").asString()));
    return ids;
  }

  @Test
  void evict_wrongBodyOrId_isRefusedWithASentence() throws Exception {
    try (Rig rig = Rig.start()) {
      ApiClient operator = ApiClient.of(rig);
      String evict = "/api/v1/titles/" + "a".repeat(26) + "/evict";
      for (String body :
          List.of("[]", "1", "{", "{\"when\":1}", "{\"when\":\"later\"}", "{\"x\":1}", "\0")) {
        assertThat(operator.post(evict, body).status()).as(body).isEqualTo(400);
      }
      assertThat(operator.post(evict, "{\"when\":\"now\"}").status()).isEqualTo(404);
      for (String id :
          List.of(
              "x",
              "A".repeat(26),
              "a".repeat(27),
              "..",
              "%2e%2e",
              "..%2f..%2fetc",
              "1".repeat(26))) {
        Answer answer = operator.get("/api/v1/titles/" + id);
        assertThat(answer.status()).as(id).isEqualTo(400);
        assertThat(ApiClient.json(answer).path("detail").asString()).contains("26 letters");
      }
      assertThat(operator.get("/api/v1/titles/../../../../etc/passwd").status()).isEqualTo(404);
      try (RawClient client = RawClient.connect(rig.address())) {
        client.request("POST", evict, "Authorization: Bearer " + Rig.TOKEN, "Content-Length: 2");
        assertThat(client.send("{}").answer().status()).as("no media type").isEqualTo(415);
      }
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  @Test
  void titles_pages_holdEachTitleOnce() throws Exception {
    try (Rig rig = Rig.start()) {
      ApiClient operator = ApiClient.of(rig);
      for (int film = 0; film < 7; film++) {
        Content content = Content.of(film, 10_000 + 5000 * (film % 3));
        rig.serve("/film%d.mkv".formatted(film), Script.of(content));
        rig.get("/film%d.mkv".formatted(film)).check(content, 0, content.length());
      }

      for (String sort : List.of("size", "last-play", "present", "name")) {
        for (String order : List.of("asc", "desc")) {
          List<String> all = new ArrayList<>();
          List<Long> sizes = new ArrayList<>();
          Optional<String> after = Optional.empty();
          int pages = 0;
          do {
            JsonNode page =
                ok(
                    operator.get(
                        "/api/v1/titles?limit=2&sort=%s&order=%s".formatted(sort, order)
                            + after.map(next -> "&after=" + next).orElse("")));
            all.addAll(names(page));
            page.path("titles").forEach(title -> sizes.add(title.path("sizeBytes").asLong()));
            after = page.path("next").asStringOpt();
            assertThat(++pages).as("pages by " + sort).isLessThanOrEqualTo(4);
          } while (after.isPresent());
          assertThat(pages).isEqualTo(4);
          assertThat(all).hasSize(7).doesNotHaveDuplicates();
          if (sort.equals("name")) {
            assertThat(order.equals("asc") ? all : all.reversed()).isSorted();
          } else if (!sort.equals("last-play")) {
            assertThat(order.equals("asc") ? sizes : sizes.reversed()).isSorted();
          }
        }
      }
      assertThat(names(ok(operator.get("/api/v1/titles?query=FILM3"))))
          .containsExactly("film3.mkv");
      assertThat(names(ok(operator.get("/api/v1/titles?query=film3&limit=1"))))
          .as("no other title is examined")
          .containsExactly("film3.mkv");
      assertThat(names(ok(operator.get("/api/v1/titles?sort=name")))).hasSize(7).isSorted();
      assertThat(names(ok(operator.get("/api/v1/titles?query=127.0.0.1&limit=3")))).hasSize(3);
      assertThat(names(ok(operator.get("/api/v1/titles?query=nothing")))).isEmpty();
      for (String wrong :
          List.of(
              "limit=0",
              "limit=201",
              "limit=x",
              "limit=-1",
              "sort=date",
              "order=up",
              "after=x",
              "after=1.",
              "after=0.A.aaaaaaaaaaaaaaaaaaaaaaaaaa",
              "limit=99999999999999999999",
              "token=x")) {
        assertThat(operator.get("/api/v1/titles?" + wrong).status()).as(wrong).isEqualTo(400);
      }
    }
  }

  @Test
  void titles_afterARestart_areKnownWithoutBeingOpened() throws Exception {
    try (Rig rig = Rig.start().serve(PATH, Script.of(SMALL))) {
      rig.get(PATH).check(SMALL, 0, SMALL.length());
      rig.restart();

      JsonNode title = ok(ApiClient.of(rig).get("/api/v1/titles")).path("titles").path(0);
      assertThat(title.path("name").asString()).isEqualTo("film.mkv");
      assertThat(title.path("host").asString()).isEqualTo("127.0.0.1");
      assertThat(title.path("isComplete").asBoolean()).isTrue();
      assertThat(title.path("isInUse").asBoolean()).isFalse();
      assertThat(title.path("plays").asInt()).isEqualTo(1);
      assertThat(rig.origin().requests(PATH)).hasSize(1);
    }
  }

  @Test
  void links_ofAUrl_playItAndHideIt() throws Exception {
    try (Rig rig = Rig.start().serve(PATH, Script.of(SMALL))) {
      ApiClient operator = ApiClient.of(rig);
      String url = rig.origin().url(PATH);
      JsonNode made = ok(operator.post("/api/v1/links", "{\"url\":\"" + url + "\"}"));

      String link = made.path("link").asString();
      assertThat(link).contains(":" + rig.address().getPort() + "/e/").endsWith("/film.mkv");
      assertThat(made.path("id").asString()).isEqualTo(key(rig, PATH).value());
      assertThat(made.path("name").asString()).isEqualTo("film.mkv");
      assertThat(rig.origin().requests()).isEmpty();
      String target = link.substring(link.indexOf("/e/"));
      RawClient.get(rig.address(), target).check(SMALL, 0, SMALL.length());
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(SMALL.length());

      for (String body :
          List.of(
              "",
              "{\"url\":1}",
              "{\"url\":\"\"}",
              "{\"url\":\"file:///etc/passwd\"}",
              "{\"url\":\"http://h/\",\"expiresSeconds\":0}",
              "{\"url\":\"http://h/\",\"expiresSeconds\":1.5}",
              "{\"url\":\"http://h/\",\"expiresSeconds\":99999999999999999999}",
              "{\"url\":\"http://h/\",\"form\":\"plain\"}")) {
        Answer answer = operator.post("/api/v1/links", body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("passwd");
      }
      assertThat(rig.origin().requests()).hasSize(1);
    }
  }

  @Test
  void links_withAnEnd_areRefusedAfterIt() throws Exception {
    FakeClock clock = new FakeClock();
    try (Rig rig = Rig.at(clock, Rig.fill()).serve(PATH, Script.of(SMALL))) {
      String body = "{\"url\":\"%s\",\"expiresSeconds\":60}".formatted(rig.origin().url(PATH));
      String link = ok(ApiClient.of(rig).post("/api/v1/links", body)).path("link").asString();
      String target = link.substring(link.indexOf("/e/"));
      RawClient.get(rig.address(), target).check(SMALL, 0, SMALL.length());

      clock.advance(Duration.ofSeconds(61));
      assertThat(RawClient.get(rig.address(), target).status()).isEqualTo(403);
    }
  }

  @Test
  void pin_storedTitle_staysUntilItIsUnpinned() throws Exception {
    try (Rig rig = Rig.start().serve(PATH, Script.of(SMALL))) {
      rig.get(PATH).check(SMALL, 0, SMALL.length());
      String title = "/api/v1/titles/" + key(rig, PATH).value();
      assertThat(ok(ApiClient.of(rig).post(title + "/pin", "")).path("isPinned").asBoolean())
          .isTrue();
      rig.restart();
      ApiClient operator = ApiClient.of(rig);

      assertThat(ok(operator.get(title)).path("isPinned").asBoolean()).isTrue();
      assertThat(operator.post(title + "/evict", "").status()).isEqualTo(409);
      assertThat(operator.post(title + "/evict", "{\"when\":\"free\"}").status()).isEqualTo(409);
      JsonNode _ = ok(operator.post(title + "/unpin", ""));
      assertThat(ok(operator.post(title + "/evict", "")).path("outcome").asString())
          .isEqualTo("evicted");
      assertThat(operator.post(title + "/pin", "").status()).isEqualTo(404);
    }
  }
}
