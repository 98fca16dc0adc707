package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;
import tools.jackson.databind.JsonNode;

/** What the operator is shown of a provider's answer to a link. */
final class LinkProbeTest {

  private static final Content FILM = Content.of(94, 3 * MIB);
  private static final String TEST = "/api/v1/links/test";

  /** Of one connection, as an account of a panel has. */
  private static final String PATH = "/movie/joe/password7/1.mkv";

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

  private Answer test(String path) throws IOException {
    return operator.post(TEST, "{\"url\":\"" + rig.origin().url(path) + "\"}");
  }

  private static Map<String, JsonNode> fields(JsonNode answer) {
    Map<String, JsonNode> fields = new HashMap<>();
    answer.path("fields").forEach(field -> fields.put(field.path("name").asString(), field));
    return fields;
  }

  @Test
  void test_film_showsTheHead_andAsksForOneByteOnce() throws IOException {
    rig.serve(
        PATH,
        Script.of(FILM)
            .header("Set-Cookie", "session=abcdefgh")
            .header("Content-Disposition", "attachment; filename=\"password7.mkv\""));
    rig.serve("/moved.mkv", Script.redirect(rig.origin().url(PATH)));

    Answer answer = test("/moved.mkv");

    JsonNode shown = ApiClient.json(answer);
    assertThat(shown.path("status").asInt()).isEqualTo(206);
    assertThat(shown.path("redirects").asInt()).isEqualTo(1);
    assertThat(fields(shown).get("Content-Range").path("value").asString())
        .isEqualTo("bytes 0-0/" + FILM.length());
    assertThat(fields(shown).get("Set-Cookie").has("value")).isFalse();
    assertThat(answer.text()).doesNotContain("abcdefgh", "/movie/");
    assertThat(rig.origin().requests(PATH)).hasSize(1);
    assertThat(rig.origin().requests(PATH).getFirst().range()).contains("bytes=0-0");
  }

  @Test
  void test_fieldThatRepeatsThePassword_isHidden() throws IOException {
    rig.serve(
        PATH,
        Script.of(FILM).header("Content-Disposition", "attachment; filename=\"password7.mkv\""));

    Answer answer = test(PATH);

    assertThat(fields(ApiClient.json(answer))).containsKey("Content-Disposition");
    assertThat(answer.text()).doesNotContain("password7", "joe");
  }

  @Test
  void test_refusal_isShownAsSent() throws IOException {
    rig.serve(PATH, Script.status(458));

    JsonNode shown = ApiClient.json(test(PATH));

    assertThat(shown.path("status").asInt()).isEqualTo(458);
    assertThat(shown.has("words")).isFalse();
    assertThat(shown.path("problem").asString()).startsWith("The account is in use elsewhere. ");
    assertThat(rig.origin().requests(PATH)).hasSize(1);
  }

  @Test
  void test_redirectToItself_isExplained() throws IOException {
    rig.serve(PATH, Script.redirect(rig.origin().url(PATH)));

    JsonNode shown = ApiClient.json(test(PATH));

    assertThat(shown.path("words").asString()).isNotBlank();
    assertThat(shown.has("fields")).isFalse();
  }

  @Test
  void test_accountInUse_asksNothing_andSaysSo() throws IOException {
    Gate gate = new Gate();
    rig.serve(PATH, Script.of(FILM).gate(MIB, gate));
    try (CheckedStream player = rig.stream(PATH, FILM).awaitBytes(MIB)) {
      Answer answer = test("/movie/joe/password7/2.mkv");

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.text()).contains("Test the link again");
      assertThat(rig.origin().requests("/movie/joe/password7/2.mkv")).isEmpty();
      gate.open();
      player.awaitEnd();
    }
    assertThat(rig.origin().peakExchanges()).isEqualTo(1);
    assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length());
  }

  @Test
  void test_badBody_getsASentence() throws IOException {
    for (String body : new String[] {"{}", "{\"url\":7}", "{\"url\":\"ftp://h/a\"}", "[]", "{"}) {
      assertThat(operator.post(TEST, body).status()).as(body).isEqualTo(400);
    }
  }
}
