package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.Waiting;
import tools.jackson.databind.JsonNode;

/** Why the provider was asked, and what came of it. */
final class TimelineTest {

  private static final Content FILM = Content.of(91, 3_000_000);

  private Rig rig;
  private ApiClient operator;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.start();
    operator = ApiClient.of(rig);
  }

  @AfterEach
  void close() throws IOException {
    rig.close();
  }

  private List<JsonNode> entries(String query) throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    ApiClient.json(operator.get("/api/v1/timeline" + query)).path("entries").forEach(entries::add);
    return entries;
  }

  /** The timeline is written by a thread of its own. */
  private JsonNode awaitEntry(Predicate<JsonNode> wanted) throws IOException {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (System.nanoTime() - end < 0) {
      for (JsonNode entry : entries("")) {
        if (wanted.test(entry)) {
          return entry;
        }
      }
    }
    throw new AssertionError(entries("").toString());
  }

  private static Predicate<JsonNode> event(String name) {
    return entry -> entry.path("event").asString().equals(name);
  }

  @Test
  void play_coldFilm_saysWhyTheProviderWasAsked() throws IOException {
    rig.serve("/film.mkv", Script.of(FILM));

    rig.get("/film.mkv").check(FILM, 0, FILM.length());

    JsonNode opened = awaitEntry(event("connection-opened"));
    assertThat(opened.path("purpose").asString()).isEqualTo("beginning");
    assertThat(opened.path("start").asLong()).isZero();
    assertThat(opened.path("name").asString()).isEqualTo("film.mkv");
    JsonNode closed = awaitEntry(event("connection-closed"));
    assertThat(closed.path("bytes").asLong()).isEqualTo(FILM.length());
    assertThat(closed.path("storedBytes").asLong()).isEqualTo(FILM.length());
    assertThat(closed.path("ending").asString()).isEqualTo("finished");
    JsonNode request = awaitEntry(event("request"));
    assertThat(request.path("decision").asString()).isEqualTo("MISS");
    assertThat(request.path("client").asString()).isEqualTo("127.0.0.1");
    awaitEntry(event("title-complete"));
    assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
  }

  @Test
  void play_storedFilm_isNoNews() throws IOException {
    rig.serve("/film.mkv", Script.of(FILM));
    rig.get("/film.mkv").check(FILM, 0, FILM.length());
    awaitEntry(event("title-complete"));
    awaitEntry(event("request"));
    int before = entries("").size();

    rig.get("/film.mkv").check(FILM, 0, FILM.length());
    rig.get("/gone.mkv");
    awaitEntry(event("title-failed"));

    List<JsonNode> all = entries("");
    assertThat(
            all.stream().filter(event("request")).map(entry -> entry.path("decision").asString()))
        .doesNotContain("HIT");
    assertThat(all.size()).isGreaterThan(before);
  }

  @Test
  void refusal_ofTheProvider_isToldWithItsStatus() throws IOException {
    rig.serve("/gone.mkv", Script.status(404));

    rig.get("/gone.mkv");

    JsonNode refused = awaitEntry(event("connection-refused"));
    assertThat(refused.path("upstreamStatus").asInt()).isEqualTo(404);
    assertThat(refused.path("words").asString()).isEqualTo("The provider no longer has this title");
    JsonNode request = awaitEntry(event("request"));
    assertThat(request.path("ending").asString()).isEqualTo("gone");
    String id = refused.path("title").asString();
    assertThat(entries("?title=" + id)).hasSameSizeAs(entries(""));
    assertThat(entries("?title=" + "a".repeat(26))).isEmpty();
  }

  @Test
  void play_pastTheStore_isToldAsSuch() throws IOException {
    rig.close();
    rig = Rig.start(/* maxBytes= */ 1).serve("/film.mkv", Script.of(FILM));
    operator = ApiClient.of(rig);

    rig.get("/film.mkv").check(FILM, 0, FILM.length());

    JsonNode passed = awaitEntry(event("pass-closed"));
    assertThat(passed.path("ending").asString()).isEqualTo("closed");
    assertThat(passed.path("start").asLong() + passed.path("bytes").asLong())
        .isEqualTo(FILM.length());
    assertThat(awaitEntry(event("request")).path("decision").asString()).isEqualTo("PASS");
    long connections =
        entries("").stream().filter(event("pass-closed").or(event("connection-opened"))).count();
    assertThat(rig.origin().requests("/film.mkv"))
        .as("each has an entry")
        .hasSize((int) connections);
  }

  @Test
  void pass_thatIsRefused_isToldWithItsStatus() throws IOException {
    rig.close();
    rig = Rig.start(/* maxBytes= */ 1);
    rig.origin()
        .on(
            "/film.mkv",
            wire -> wire.play(wire.request().number() == 1 ? Script.of(FILM) : Script.status(404)));
    operator = ApiClient.of(rig);

    rig.get("/film.mkv");

    JsonNode refused = awaitEntry(event("pass-closed").and(entry -> entry.has("upstreamStatus")));
    assertThat(refused.path("upstreamStatus").asInt()).isEqualTo(404);
    assertThat(refused.path("bytes").asLong()).isZero();
  }

  /** What happened just before a stop is on the disk after it. */
  @Test
  void stop_entriesThatAreQueued_areWritten() throws Exception {
    rig.serve("/gone.mkv", Script.status(404));
    rig.get("/gone.mkv");
    rig.restart();
    try (Stream<Path> files = Files.list(rig.cache().resolve("timeline"))) {
      assertThat(Files.readString(files.findFirst().orElseThrow())).contains("connection-refused");
    }
  }

  @Test
  void timeline_unreadable_getsASentence() throws IOException {
    Files.createDirectories(rig.cache().resolve("timeline").resolve("2026-01-01.jsonl"));
    Answer answer = operator.get("/api/v1/timeline");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).contains("The timeline cannot be read");
  }

  @Test
  void query_badParameter_getsASentence() throws IOException {
    for (String query : List.of("?from=yesterday", "?limit=0", "?limit=5001", "?x=1")) {
      assertThat(operator.get("/api/v1/timeline" + query).status()).as(query).isEqualTo(400);
    }
  }
}
