package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import tools.jackson.databind.JsonNode;

/** The history of a running server. */
final class HistoryApiTest {

  private static final Content FILM = Content.of(95, 3_000_000);

  private static JsonNode total(Rig rig, String query) throws IOException {
    return history(rig, query).path("total");
  }

  private static JsonNode history(Rig rig, String query) throws IOException {
    return ApiClient.json(ApiClient.of(rig).get("/api/v1/history" + query));
  }

  private static void awaitRequests(Rig rig, int count) throws IOException {
    ApiClient.of(rig)
        .await(
            "/api/v1/history",
            answer ->
                ApiClient.json(answer).path("total").path("requests").properties().stream()
                        .mapToLong(each -> each.getValue().asLong())
                        .sum()
                    == count);
  }

  @Test
  void plays_areCounted_andOutliveARestart() throws Exception {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.get("/gone.mkv");
      awaitRequests(rig, 3);

      JsonNode before = total(rig, "?span=hour&zone=Asia/Kolkata");
      assertThat(before.path("storeBytes").asLong()).isEqualTo(FILM.length());
      assertThat(before.path("providerBytes").asLong()).isEqualTo(FILM.length());
      assertThat(before.path("fetchedBytes").asLong()).isEqualTo(FILM.length());
      assertThat(before.path("savedBytes").asLong()).isEqualTo(FILM.length());
      assertThat(before.path("requests").path("HIT").asLong()).isEqualTo(1);
      assertThat(before.path("requests").path("MISS").asLong()).isEqualTo(1);
      assertThat(before.path("requests").path("REFUSED").asLong()).isEqualTo(1);
      assertThat(before.path("firstByteP50Seconds").asDouble()).isBetween(0.0001, 30.0);
      assertThat(before.path("usedBytes").asLong()).isGreaterThanOrEqualTo(FILM.length());
      assertThat(before.path("errors").asLong()).isPositive();
      JsonNode error = history(rig, "?span=year").path("errors").path(0);
      assertThat(error.path("cause").asString()).isEqualTo("gone");
      assertThat(error.path("account").asString()).startsWith("127.0.0.1:");

      rig.restart();
      for (String span : List.of("hour", "day", "month", "year")) {
        JsonNode after = total(rig, "?span=" + span);
        assertThat(after.path("storeBytes").asLong()).as(span).isEqualTo(FILM.length());
        assertThat(after.path("requests")).as(span).isEqualTo(before.path("requests"));
        assertThat(after.path("errors")).as(span).isEqualTo(before.path("errors"));
      }
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  @Test
  void query_badParameter_getsASentence() throws Exception {
    try (Rig rig = Rig.start()) {
      ApiClient operator = ApiClient.of(rig);
      for (String query : List.of("?span=week", "?zone=Mars/Olympus", "?zone=%0A", "?x=1")) {
        assertThat(operator.get("/api/v1/history" + query).status()).as(query).isEqualTo(400);
      }
      assertThat(operator.get("/api/v1/history?span=week").text())
          .contains("span is hour, day, month, year.");
    }
  }

  @Test
  void history_unreadable_getsASentence_andTheFilmPlays() throws Exception {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Files.createDirectories(rig.cache().resolve("history").resolve("minutes"));
      assertThat(ApiClient.of(rig).get("/api/v1/history").text())
          .contains("The history cannot be read");
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }
}
