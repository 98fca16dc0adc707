package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.admin.ApiKeys;
import streamcache.admin.Role;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;

/** Who may use the API, and what the others get. No request reaches a provider. */
final class ApiAccessTest {

  private static final String STATUS = "/api/v1/status";

  private Rig rig;
  private ApiClient operator;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.start();
    operator = ApiClient.of(rig);
  }

  @AfterEach
  void nothingWasAsked() throws IOException {
    assertThat(rig.origin().requests()).isEmpty();
    rig.close();
  }

  private static void isProblem(Answer answer, int status, String sentence) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(ApiClient.json(answer).path("status").asInt()).isEqualTo(status);
    assertThat(ApiClient.json(answer).path("detail").asString()).contains(sentence);
    assertThat(answer.text()).doesNotContain(Rig.TOKEN);
  }

  @Test
  void status_operator_seesTheServer() throws IOException {
    Answer answer = operator.get(STATUS);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    var status = ApiClient.json(answer);
    assertThat(status.path("health").asString()).isEqualTo("ok");
    assertThat(status.path("connections").asInt()).isEqualTo(1);
    assertThat(status.path("plays").asInt()).isZero();
    assertThat(status.path("store").path("maxBytes").asLong()).isEqualTo(1024 * Rig.MIB);
    assertThat(status.path("store").path("lowWatermarkBytes").asLong())
        .isBetween(900 * Rig.MIB, 1024 * Rig.MIB);
  }

  @Test
  void status_head_hasTheHeadersOnly() throws IOException {
    try (RawClient client = RawClient.connect(rig.address())) {
      client.request("HEAD", STATUS, "Authorization: Bearer " + Rig.TOKEN);
      assertThat(client.answerToHead().status()).isEqualTo(200);
      client.request("GET", STATUS, "Authorization: bearer " + Rig.TOKEN);
      assertThat(client.answer().status()).as("on the same connection").isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {STATUS, "/api/v1/nothing", "/api/", "/api/v1/openapi.json"})
  void path_withoutToken_isRefusedAlike(String path) throws IOException {
    Answer answer = RawClient.get(rig.address(), path);

    isProblem(answer, 401, "Send a token");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"streamcache\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic dG9rZW4tb2YtdGhlLW9wZXJhdG9y",
        Rig.TOKEN,
        "Bearer " + Rig.TOKEN + " x",
        "Bearer " + Rig.TOKEN + ",x",
        "Token " + Rig.TOKEN
      })
  void status_wrongToken_isRefused(String authorization) throws IOException {
    isProblem(
        RawClient.get(rig.address(), STATUS, "Authorization: " + authorization), 401, "not valid");
  }

  @Test
  void status_tokenInTheQuery_isNoToken() throws IOException {
    isProblem(RawClient.get(rig.address(), STATUS + "?token=" + Rig.TOKEN), 401, "Send a token");
  }

  @Test
  void status_sixthAttempt_waitsForTheNextMinute() throws IOException {
    for (int attempt = 0; attempt < 5; attempt++) {
      isProblem(operator.as("guess-" + attempt).get(STATUS), 401, "not valid");
    }

    Answer refused = operator.get(STATUS);
    isProblem(refused, 429, "five wrong tokens");
    assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow())).isBetween(1, 60);
  }

  @Test
  void request_keyOfARole_mayDoThatUntilItIsRemoved() throws IOException {
    Path config = rig.cache().resolveSibling("config");
    ApiKeys keys = new ApiKeys(config, InstantSource.system());
    ApiClient reader = operator.as(keys.add("reader", Role.READ));

    assertThat(reader.get(STATUS).status()).isEqualTo(200);

    assertThat(keys.remove("reader")).isTrue();
    isProblem(reader.get(STATUS), 401, "not valid");
  }

  @Test
  void path_unknown_isNotFound() throws IOException {
    for (String path :
        List.of(
            "/api/",
            "/api/v1",
            "/api/v1/",
            "/api/v1/status/",
            "/api/v1/status/x",
            "/api/v1/../status",
            "/api/v1/%73tatus",
            "/api/v2/status")) {
      isProblem(operator.get(path), 404, "no such path");
    }
  }

  @Test
  void method_thatThePathDoesNotTake_isNamed() throws IOException {
    for (String method : List.of("PUT", "DELETE", "PATCH")) {
      Answer answer = operator.send(method, STATUS);
      isProblem(answer, 405, "GET, HEAD");
      assertThat(answer.header("Allow")).contains("GET, HEAD");
    }
    isProblem(operator.post(STATUS, "{}"), 405, "GET, HEAD");
    Answer options = operator.send("OPTIONS", STATUS);
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("Allow")).contains("GET, HEAD, OPTIONS");
    assertThat(options.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void query_thatThePathDoesNotKnow_isRefusedWithoutRepeatingIt() throws IOException {
    for (String query : List.of("?x=1", "?%0d%0aSet-Cookie:%20a=b", "?a=1&a=2", "?a=%zz", "?%00")) {
      Answer answer = operator.get(STATUS + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.text()).doesNotContain("Cookie");
      assertThat(answer.header("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void body_longerThanItsLimit_isRefusedBeforeItIsRead() throws IOException {
    for (String length : List.of("65537", "9999999999999999999999")) {
      try (RawClient client = RawClient.connect(rig.address())) {
        client.request("POST", STATUS, "Content-Length: " + length);
        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("64 KiB");
      }
    }
    assertThat(operator.post(STATUS, " ".repeat(65536)).status()).isEqualTo(405);
  }

  @Test
  void body_inChunksOrExpected_isRefused() throws IOException {
    try (RawClient client = RawClient.connect(rig.address())) {
      client.request("POST", STATUS, "Transfer-Encoding: chunked");
      assertThat(client.answer().status()).isEqualTo(411);
    }
    try (RawClient client = RawClient.connect(rig.address())) {
      client.request("POST", STATUS, "Content-Length: 2", "Expect: 100-continue");
      assertThat(client.answer().status()).isEqualTo(417);
    }
  }

  /** A body must not be taken for the next request, or the other way round. */
  @Test
  void body_thatLooksLikeARequest_isABody() throws IOException {
    String inner = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    try (RawClient client = RawClient.connect(rig.address())) {
      client.request("POST", STATUS, "Content-Length: " + inner.length());
      client.send(inner);
      client.request("GET", "/healthz");
      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(client.answer().text()).isEqualTo("ok\n");
    }
  }

  @Test
  void link_withABody_isRefusedAsBefore() throws IOException {
    for (String target : List.of(rig.link("/film.mkv"), "/healthz", "/u/api/", "/apix")) {
      try (RawClient client = RawClient.connect(rig.address())) {
        client.request("POST", target, "Content-Length: 2");
        assertThat(client.answer().status()).as(target).isEqualTo(405);
      }
    }
  }
}
