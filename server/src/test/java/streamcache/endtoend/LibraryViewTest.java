package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.admin.ApiKeys;
import streamcache.admin.Role;
import streamcache.cli.Server;
import streamcache.settings.Settings;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import tools.jackson.databind.JsonNode;

/** The operator sees what is in the folders of the library, and gives its files links. */
final class LibraryViewTest {

  private static final String LIBRARY = "/api/v1/library";
  private static final Content FILM = Content.of(/* seed= */ 99, 1 << 20);

  @TempDir Path folder;

  private final ScriptedOrigin origin = ScriptedOrigin.start().serve("/f.mkv", Script.of(FILM));
  private Path tree = Path.of("");
  private Path config = Path.of("");
  private ApiClient operator = new ApiClient(new InetSocketAddress(0), "");
  private Server server;

  /** An import folder: the server does not watch it, so that only the operator changes it. */
  @BeforeEach
  void start() throws Exception {
    tree = Files.createDirectories(folder.resolve("library"));
    config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        config.resolve("streamcache.conf"),
        "[import tv]\nURL=http://127.0.0.1:1\nUSER=u\nPASSWORD=p\nFOLDER=" + tree + "\n");
    Map<String, String> flags = new HashMap<>();
    flags.put("CONFIG_DIR", config.toString());
    flags.put("CACHE_DIR", folder.resolve("cache").toString());
    flags.put("PORT", "0");
    flags.put("BIND", "127.0.0.1");
    flags.put("EGRESS_ALLOW", "127.0.0.1");
    flags.put("ADMIN_TOKEN", "token-of-this-test");
    server = Server.start(Settings.load(flags, Map.of()).rooms());
    operator =
        new ApiClient(
            new InetSocketAddress("127.0.0.1", server.address().getPort()), "token-of-this-test");
  }

  @AfterEach
  void close() {
    server.close();
    origin.close();
  }

  private Path strm(String name, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private JsonNode awaitDone() throws IOException {
    operator.await(LIBRARY, answer -> answer.text().contains("\"state\":\"done\""));
    return ApiClient.json(operator.get(LIBRARY)).path("survey");
  }

  private static int count(JsonNode survey, String kind) {
    int count = 0;
    for (JsonNode group : survey.path("kinds")) {
      count += group.path("kind").asString().equals(kind) ? group.path("count").asInt() : 0;
    }
    return count;
  }

  @Test
  void wrap_afterAPreview_writesWhatItShowed() throws IOException {
    Path film = strm("Films/A.strm", origin.url("/f.mkv") + "\n");
    Path list = strm("Live/B.strm", "http://p.example/list.m3u8\n");
    assertThat(ApiClient.json(operator.get(LIBRARY)).path("folders").path(0).asString())
        .isEqualTo(tree.toString());

    assertThat(operator.post(LIBRARY + "/survey", "{}").status()).isEqualTo(200);
    JsonNode preview = awaitDone();

    assertThat(count(preview, "wrap")).isEqualTo(1);
    assertThat(count(preview, "left")).isEqualTo(1);
    assertThat(preview.toString()).contains("Films/A.strm", "a playlist").doesNotContain("http:");
    assertThat(film).hasContent(origin.url("/f.mkv") + "\n");

    String id = preview.path("id").asString();
    Answer begun = operator.post(LIBRARY + "/wrap", "{\"preview\":\"" + id + "\"}");
    assertThat(begun.status()).as(begun.text()).isEqualTo(200);
    JsonNode written = awaitDone();

    assertThat(written.path("writes").asBoolean()).isTrue();
    assertThat(count(written, "wrap")).isEqualTo(1);
    assertThat(list).hasContent("http://p.example/list.m3u8\n");
    String link = Files.readString(film).strip();
    assertThat(link).contains("/e/");
    RawClient.get(operator.address(), link.replaceFirst("^http://[^/]+", ""))
        .check(FILM, 0, FILM.length());
    assertThat(origin.requests()).hasSize(1);
    assertThat(origin.bodyBytes()).isEqualTo(FILM.length());

    assertThat(operator.post(LIBRARY + "/wrap", "{\"preview\":\"" + id + "\"}").status())
        .as("a preview counts once")
        .isEqualTo(409);
    assertThat(operator.post(LIBRARY + "/survey", "{}").status()).isEqualTo(200);
    assertThat(count(awaitDone(), "linked")).isEqualTo(1);
  }

  @Test
  void survey_onlyInsideTheFoldersOfTheSettings() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("C.strm"), origin.url("/f.mkv"));
    Files.createSymbolicLink(tree.resolve("out"), other);
    strm("Films/A.strm", origin.url("/f.mkv"));
    for (String outside :
        new String[] {
          other.toString(), tree.resolve("out").toString(), tree + "/../other", "/", "", "x\u0000"
        }) {
      String body = ApiClient.object("folder", outside);
      assertThat(operator.post(LIBRARY + "/survey", body).status()).as(outside).isEqualTo(400);
    }

    String inside = ApiClient.object("folder", tree.resolve("Films").toString());
    assertThat(operator.post(LIBRARY + "/survey", inside).status()).isEqualTo(200);

    assertThat(awaitDone().path("files").asInt()).isEqualTo(1);
    assertThat(operator.post(LIBRARY + "/survey", "{}").status()).isEqualTo(200);
    assertThat(awaitDone().path("files").asInt()).as("no link is followed").isEqualTo(1);
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void survey_byAKeyThatOnlyReads_isRefused() throws IOException {
    ApiClient reader = operator.as(new ApiKeys(config, InstantSource.system()).add("r", Role.READ));

    assertThat(reader.get(LIBRARY).status()).isEqualTo(200);
    assertThat(reader.post(LIBRARY + "/survey", "{}").status()).isEqualTo(403);
    assertThat(reader.post(LIBRARY + "/wrap", "{}").status()).isEqualTo(403);
  }
}
