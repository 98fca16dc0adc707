package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamcache.link.LinkCodec;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import tools.jackson.databind.JsonNode;

/** Which titles go next, as an operator is told. */
final class EvictionApiTest {

  private static final Content FILM = Content.of(97, 2_000_000);

  private static JsonNode eviction(ApiClient operator) throws IOException {
    return ApiClient.json(operator.get("/api/v1/eviction"));
  }

  private static List<String> names(JsonNode titles) {
    return titles.valueStream().map(title -> title.path("name").asString()).toList();
  }

  @Test
  void list_saysWhichGoesNextAndWhichStays() throws Exception {
    try (Rig rig =
        Rig.start().serve("/one.mkv", Script.of(FILM)).serve("/two.mkv", Script.of(FILM))) {
      ApiClient operator = ApiClient.of(rig);
      rig.get("/one.mkv").check(FILM, 0, FILM.length());
      rig.get("/two.mkv").check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      LinkCodec codec = new LinkCodec();
      String one = codec.decode(codec.encode(rig.origin().url("/one.mkv"))).key().value();
      operator.await("/api/v1/eviction", answer -> ApiClient.json(answer).path("next").size() == 2);
      assertThat(operator.post("/api/v1/titles/" + one + "/pin", "").status()).isEqualTo(200);

      JsonNode list = eviction(operator);

      assertThat(list.path("policy").asString()).isEqualTo("heads");
      assertThat(names(list.path("next"))).containsExactly("two.mkv");
      assertThat(list.path("next").path(0).path("why").asString())
          .contains("played within the last ten minutes");
      assertThat(names(list.path("staying"))).containsExactly("one.mkv");
      assertThat(list.path("staying").path(0).path("why").asString()).isEqualTo("It is pinned.");
      for (String query : List.of("?limit=0", "?limit=51", "?limit=x", "?sort=size")) {
        assertThat(operator.get("/api/v1/eviction" + query).status()).as(query).isEqualTo(400);
      }
      assertThat(rig.origin().requests("/one.mkv")).hasSize(1);
      assertThat(rig.origin().requests("/two.mkv")).hasSize(1);
    }
  }
}
