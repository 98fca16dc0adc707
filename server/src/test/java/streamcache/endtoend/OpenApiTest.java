package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import streamcache.admin.ApiKeys;
import streamcache.admin.Role;
import streamcache.link.LinkCodec;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API is that of the running server: its paths, statuses and answers. */
final class OpenApiTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Content FILM = Content.of(20, 500_000);

  /** The operations that were answered with 200. */
  private final TreeSet<String> driven = new TreeSet<>();

  private static JsonNode description(ApiClient operator) throws IOException {
    return ApiClient.json(operator.get("/api/v1/openapi.json"));
  }

  private static List<String> described(JsonNode description) {
    List<String> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      path.getValue()
          .propertyNames()
          .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    return operations;
  }

  @Test
  void description_operations_areThoseOfTheServer() throws IOException {
    try (Rig rig = Rig.start()) {
      assertThat(described(description(ApiClient.of(rig))))
          .containsExactlyInAnyOrderElementsOf(rig.operations());
    }
  }

  /** Checks status, media type and body of an answer. */
  private void check(JsonNode description, String method, String path, Answer answer) {
    JsonNode operation = description.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    JsonNode response = operation.path("responses").path(Integer.toString(answer.status()));
    JsonNode described =
        response.has("$ref")
            ? description.at(response.path("$ref").asString().substring(1))
            : response;
    String type = answer.header("Content-Type").orElse("");
    JsonNode schema = described.path("content").path(type).path("schema");
    assertThat(schema.isObject())
        .as("%s %s has no answer %d of type %s", method, path, answer.status(), type)
        .isTrue();
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("$defs", description.at("/components/schemas"));
    String alone = whole.toString().replace("#/components/schemas/", "#/$defs/");
    assertThat(SCHEMAS.getSchema(alone).validate(JSON.readTree(answer.body())))
        .as("%s %s: %s", method, path, answer.text())
        .isEmpty();
    if (answer.status() == 200) {
      driven.add(method + " " + path);
    }
  }

  /**
   * @param played a title that is not complete and cannot become so
   */
  private void drivePrewarm(JsonNode description, ApiClient operator, Rig rig, String played)
      throws IOException {
    String complete = "/api/v1/titles/{id}/complete";
    String prewarm = "/api/v1/prewarm";
    String cancel = prewarm + "/{id}/cancel";
    check(description, "POST", complete, operator.post(complete.replace("{id}", played), ""));
    check(description, "GET", prewarm, operator.get(prewarm));
    check(description, "POST", cancel, operator.post(cancel.replace("{id}", played), ""));
    check(description, "POST", cancel, operator.post(cancel.replace("{id}", played), ""));
    String unknown = complete.replace("{id}", "a".repeat(26));
    check(description, "POST", complete, operator.post(unknown, ""));
    String urls = "{\"urls\":[\"" + rig.origin().url("/none.mkv") + "\"]}";
    check(description, "POST", prewarm, operator.post(prewarm, urls));
    check(description, "POST", prewarm, operator.post(prewarm, "{\"urls\":[1]}"));
    check(description, "GET", prewarm, operator.get(prewarm));
  }

  private static void expectOneDownload(Rig rig) {
    assertThat(rig.origin().requests("/other.mkv"))
        .filteredOn(request -> !request.range().equals(Optional.of("bytes=0-0")))
        .as("one download, beside the checks that were asked for")
        .hasSize(1);
  }

  private void driveSettings(JsonNode description, ApiClient operator, Rig rig) throws IOException {
    String settings = "/api/v1/settings";
    String blocks = "/api/v1/providers/{hosts}/settings";
    String block = blocks.replace("{hosts}", "panel.example:8080");
    String any = "If-Match: *";
    String set = "{\"COMPLETE_AFTER\":\"50%\"}";
    check(description, "PATCH", settings, operator.send("PATCH", settings, set));
    check(description, "PATCH", settings, operator.send("PATCH", settings, set, "If-Match: x"));
    check(description, "PATCH", settings, operator.send("PATCH", settings, set, any));
    check(description, "PATCH", settings, operator.send("PATCH", settings, "{\"X\":1}", any));
    check(description, "PATCH", settings, operator.send("PATCH", settings, "{\"PORT\":1}", any));
    String limit = "{\"MAX_CONNECTIONS\":1}";
    check(description, "PATCH", blocks, operator.send("PATCH", block, limit, any));
    check(description, "PATCH", blocks, operator.send("PATCH", block, "{\"ACCOUNT\":1}", any));
    check(description, "GET", settings, operator.get(settings));
    check(description, "DELETE", blocks, operator.send("DELETE", block, "", any));
    check(description, "DELETE", blocks, operator.send("DELETE", block, "", any));
    expectOneDownload(rig);
  }

  private void driveLibrary(JsonNode description, ApiClient operator, Rig rig) throws IOException {
    String survey = "/api/v1/library/survey";
    String wrap = "/api/v1/library/wrap";
    check(description, "POST", survey, operator.post(survey, "{\"folder\":\"/etc\"}"));
    check(description, "POST", wrap, operator.post(wrap, "{\"preview\":\"1\"}"));
    check(description, "POST", survey, operator.post(survey, "{}"));
    operator.await("/api/v1/library", answer -> answer.text().contains("\"state\":\"done\""));
    check(description, "POST", wrap, operator.post(wrap, "{\"preview\":\"1\"}"));
    operator.await("/api/v1/library", answer -> answer.text().contains("\"state\":\"done\""));
    check(description, "GET", "/api/v1/library", operator.get("/api/v1/library"));
    expectOneDownload(rig);
  }

  @Test
  void answers_ofEveryOperation_areAsDescribed() throws Exception {
    Gate gate = new Gate();
    try (Rig rig =
        Rig.start()
            .serve("/film.mkv", Script.of(FILM))
            .serve("/other.mkv", Script.of(FILM).gate(200_000, gate))) {
      ApiClient operator = ApiClient.of(rig);
      JsonNode description = description(operator);
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      CheckedStream player = rig.stream("/other.mkv", FILM);
      player.awaitBytes(200_000);
      LinkCodec codec = new LinkCodec();
      String id = codec.decode(codec.encode(rig.origin().url("/film.mkv"))).key().value();
      String played = codec.decode(codec.encode(rig.origin().url("/other.mkv"))).key().value();
      for (String operation : rig.operations()) {
        String path = operation.substring(operation.indexOf(' ') + 1);
        if (operation.equals("GET /api/v1/events")) {
          check(description, "GET", path, RawClient.get(rig.address(), path));
          check(description, "GET", path, operator.get(path + "?x=1"));
          assertThat(operator.send("HEAD", path).header("Content-Type"))
              .contains("text/event-stream");
          driven.add(operation);
        } else if (operation.startsWith("GET ")) {
          check(description, "GET", path, operator.get(path.replace("{id}", id)));
          check(description, "GET", path, operator.get(path.replace("{id}", id) + "?x=1"));
          check(description, "GET", path, RawClient.get(rig.address(), path));
        }
      }
      String title = "/api/v1/titles/{id}";
      check(description, "GET", title, operator.get(title.replace("{id}", "a".repeat(26))));
      check(description, "GET", title, operator.get(title.replace("{id}", played)));
      String evict = title + "/evict";
      ApiKeys keys = new ApiKeys(rig.cache().resolveSibling("config"), InstantSource.system());
      ApiClient reader = operator.as(keys.add("reader", Role.READ));
      Answer forbidden = reader.post(evict.replace("{id}", id), "{}");
      assertThat(forbidden.status()).isEqualTo(403);
      check(description, "POST", evict, forbidden);
      check(description, "POST", evict, operator.post(evict.replace("{id}", played), "{}"));
      check(description, "POST", evict, operator.post(evict.replace("{id}", "x"), "{}"));
      // The play of it may not have ended here yet.
      check(
          description,
          "POST",
          evict,
          operator.post(evict.replace("{id}", id), "{\"when\":\"free\"}"));
      operator.awaitStatus(title.replace("{id}", id), 404);
      check(description, "POST", evict, operator.post(evict.replace("{id}", id), "{}"));

      String pin = title + "/pin";
      check(description, "POST", pin, operator.post(pin.replace("{id}", id), ""));
      check(description, "POST", pin, operator.post(pin.replace("{id}", played), "{\"x\":1}"));
      check(description, "POST", pin, operator.post(pin.replace("{id}", played), ""));
      check(description, "POST", evict, operator.post(evict.replace("{id}", played), ""));
      String unpin = title + "/unpin";
      check(description, "POST", unpin, operator.post(unpin.replace("{id}", played), "{}"));
      drivePrewarm(description, operator, rig, played);
      String links = "/api/v1/links";
      check(description, "POST", links, operator.post(links, "{\"url\":\"http://h/a.mkv\"}"));
      check(description, "POST", links, operator.post(links, "{\"url\":\"ftp://h/a.mkv\"}"));
      String level = "/api/v1/log-level";
      check(description, "PUT", level, operator.send("PUT", level, "{\"level\":\"loud\"}"));
      check(description, "PUT", level, reader.send("PUT", level, "{\"level\":\"info\"}"));
      String brief = "{\"level\":\"error\",\"forSeconds\":60}";
      check(description, "PUT", level, operator.send("PUT", level, brief));
      check(description, "GET", level, operator.get(level));

      String test = links + "/test";
      // Another account than the one that is in use.
      String film = "{\"url\":\"" + rig.origin().url("/movie/anna/secret7/1.mkv") + "\"}";
      check(description, "POST", test, operator.post(test, film));
      check(description, "POST", test, operator.post(test, "{\"url\":\"ftp://h/a.mkv\"}"));
      gate.open();
      player.awaitEnd();
      rig.origin().awaitIdle();
      rig.serve("/third.mkv", Script.of(FILM).conditional());
      rig.get("/third.mkv").check(FILM, 0, FILM.length());
      String third = codec.decode(codec.encode(rig.origin().url("/third.mkv"))).key().value();
      operator.await(
          title.replace("{id}", third),
          known -> {
            JsonNode row = ApiClient.json(known);
            return row.path("isComplete").asBoolean() && !row.path("isInUse").asBoolean();
          });
      for (String action : List.of("/revalidate", "/keep", "/unkeep", "/forget", "/forget")) {
        String path = title + action;
        check(description, "POST", path, operator.post(path.replace("{id}", third), "{}"));
        check(description, "POST", path, operator.post(path.replace("{id}", played), ""));
        check(description, "POST", path, operator.post(path.replace("{id}", "x"), ""));
      }

      driveSettings(description, operator, rig);
      driveLibrary(description, operator, rig);
      assertThat(driven)
          .as("every operation was answered with 200 once")
          .containsExactlyElementsOf(new TreeSet<>(rig.operations()));
    }
  }
}
