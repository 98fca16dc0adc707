package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.admin.ApiKeys;
import streamcache.admin.Role;
import streamcache.cli.Server;
import streamcache.link.LinkCodec;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;
import tools.jackson.databind.JsonNode;

/** Settings are changed in streamcache.conf and obeyed by the running server, without a restart. */
final class SettingsChangeTest {

  private static final String SETTINGS = "/api/v1/settings";

  /** On their way when a connection is cut. */
  private static final long LOST_BYTES = 1 << 20;

  private static final Content FILM = Content.of(/* seed= */ 91, 3 << 20);

  @TempDir Path folder;

  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private final List<Server> started = new ArrayList<>();
  private Path file = Path.of("");
  private ApiClient operator = new ApiClient(new InetSocketAddress(0), "");

  @BeforeEach
  void start() throws IOException, SettingsException {
    file = Files.createDirectories(folder.resolve("config")).resolve("streamcache.conf");
    start(Map.of(), "# mine", "provider-max-connections = 3   # by contract", "", "# the end");
  }

  private void start(Map<String, String> environment, String... lines)
      throws IOException, SettingsException {
    stop();
    Files.write(file, List.of(lines));
    Map<String, String> flags = new HashMap<>();
    flags.put("CONFIG_DIR", file.getParent().toString());
    flags.put("CACHE_DIR", folder.resolve("cache").toString());
    flags.put("PORT", "0");
    flags.put("BIND", "127.0.0.1");
    flags.put("EGRESS_ALLOW", "127.0.0.1");
    flags.put("ADMIN_TOKEN", "token-of-this-test");
    Server server = Server.start(Settings.load(flags, environment).rooms());
    started.add(server);
    operator =
        new ApiClient(
            new InetSocketAddress("127.0.0.1", server.address().getPort()), "token-of-this-test");
  }

  private void stop() {
    started.forEach(Server::close);
    started.clear();
  }

  @AfterEach
  void close() {
    stop();
    origin.close();
  }

  private String etag() throws IOException {
    return ApiClient.json(operator.get(SETTINGS)).path("etag").asString();
  }

  private Answer change(String etag, String body) throws IOException {
    return operator.send("PATCH", SETTINGS, body, "If-Match: \"" + etag + "\"");
  }

  private JsonNode changed(String body) throws IOException {
    Answer answer = change(etag(), body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return ApiClient.json(answer);
  }

  private static String sentence(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return ApiClient.json(answer).path("detail").asString();
  }

  private static JsonNode setting(JsonNode settings, String name) {
    for (JsonNode each : settings.path("settings")) {
      if (each.path("name").asString().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no setting " + name);
  }

  private CheckedStream play(String path) throws IOException {
    return RawClient.stream(
        operator.address(), "/u/" + new LinkCodec().encode(origin.url(path)), FILM);
  }

  private int limit() throws IOException {
    JsonNode accounts = ApiClient.json(operator.get("/api/v1/accounts")).path("accounts");
    return accounts.path(0).path("limit").asInt();
  }

  /** Plays some films at once, to their ends; the most connections that the provider saw. */
  private int peak(String... paths) throws IOException {
    StreamLimit counter = StreamLimit.of(64, 503);
    origin.budget(counter);
    List<CheckedStream> players = new ArrayList<>();
    for (String path : paths) {
      origin.serve(path, Script.of(FILM).pace(4 << 20));
      players.add(play(path));
    }
    for (CheckedStream player : players) {
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      player.close();
    }
    origin.awaitIdle();
    for (String path : paths) {
      // With fewer connections than films, these take turns.
      int requests = origin.requests(path).size();
      assertThat(requests).isBetween(1, 5);
      assertThat(origin.bodyBytes(path))
          .isBetween(FILM.length(), FILM.length() + (requests - 1) * LOST_BYTES);
    }
    return counter.peak();
  }

  @Test
  void connectionLimit_loweredWhileFilmsPlay_isObeyedWithoutARestart() throws IOException {
    Gate gate = new Gate();
    List<CheckedStream> players = new ArrayList<>();
    for (String path : List.of("/1.mkv", "/2.mkv", "/3.mkv")) {
      origin.serve(path, Script.of(FILM).gate(1 << 20, gate));
      players.add(play(path).awaitBytes(1 << 20));
    }
    origin.awaitConnections(3);
    assertThat(limit()).isEqualTo(3);

    JsonNode settings = changed("{\"PROVIDER_MAX_CONNECTIONS\":1}");

    assertThat(setting(settings, "PROVIDER_MAX_CONNECTIONS").path("value").asString())
        .isEqualTo("1");
    assertThat(limit()).isEqualTo(1);
    origin.serve("/4.mkv", Script.of(FILM));
    players.add(play("/4.mkv"));
    origin.awaitRequests("/4.mkv", 1);
    gate.open();
    for (CheckedStream player : players) {
      assertThat(player.awaitEnd()).as("the films that played go on").isEqualTo(BodyEnd.CLEAN);
      player.close();
    }
    origin.awaitIdle();
    // The films take turns on one connection, the fourth that was ever made.
    assertThat(origin.totalConnections()).as(origin.requests().toString()).isEqualTo(4);
    assertThat(origin.bodyBytes()).isBetween(4 * FILM.length(), 4 * FILM.length() + 3 * LOST_BYTES);
    assertThat(peak("/5.mkv", "/6.mkv", "/7.mkv")).isEqualTo(1);

    changed("{\"PROVIDER_MAX_CONNECTIONS\":\"2\"}");

    assertThat(peak("/8.mkv", "/9.mkv", "/10.mkv")).isEqualTo(2);
    assertThat(file)
        .hasContent("# mine\nprovider-max-connections = 2   # by contract\n\n# the end\n");
  }

  @Test
  void providerBlock_limitOfOneProvider_isObeyedAndRemoved() throws IOException {
    assertThat(peak("/1.mkv", "/2.mkv", "/3.mkv")).isEqualTo(3);
    String path = "/api/v1/providers/127.0.0.1:" + origin.port() + "/settings";

    Answer set =
        operator.send(
            "PATCH",
            path,
            "{\"MAX_CONNECTIONS\":1,\"HEADER\":[\"Authorization: Bearer canary\"]}",
            "If-Match: " + etag());

    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.text()).doesNotContain("canary").contains("Authorization");
    assertThat(peak("/4.mkv", "/5.mkv")).isEqualTo(1);
    assertThat(origin.requests("/4.mkv").getFirst().header("Authorization"))
        .contains("Bearer canary");
    Answer removed = operator.send("DELETE", path, "", "If-Match: *");
    assertThat(removed.status()).as(removed.text()).isEqualTo(200);
    assertThat(peak("/6.mkv", "/7.mkv", "/8.mkv")).isEqualTo(3);
    assertThat(Files.readString(file)).startsWith("# mine\n").doesNotContain("[provider");
    try (Stream<Path> all = Files.list(file.getParent())) {
      assertThat(all.filter(each -> each.toString().endsWith(".bak")).toList()).hasSize(2);
    }
  }

  @Test
  void maxBytes_lowered_evictsAtOnce() throws IOException {
    assertThat(peak("/1.mkv")).isEqualTo(1);

    changed("{\"CACHE_MAX_BYTES\":\"2MiB\",\"CACHE_MIN_FREE_BYTES\":\"0\"}");

    operator.await(
        "/api/v1/status",
        answer ->
            ApiClient.json(answer).path("store").path("usedBytes").asLong() <= 2 << 20
                && ApiClient.json(answer).path("store").path("maxBytes").asLong() == 2 << 20);
    assertThat(origin.requests()).hasSize(1);
  }

  @Test
  void twoEditors_theSecond_isRefusedUntilItHasRead() throws IOException {
    String seen = etag();
    assertThat(change(seen, "{\"COMPLETE_AFTER\":\"30%\"}").status()).isEqualTo(200);

    assertThat(sentence(change(seen, "{\"ADMISSION\":\"share\"}"), 412))
        .startsWith("streamcache.conf has changed since it was read;");
    assertThat(Files.readString(file)).contains("COMPLETE_AFTER=30%").doesNotContain("ADMISSION");

    String again = etag();
    Files.writeString(file, "# by hand\nCOMPLETE_AFTER=40%\n");
    assertThat(change(again, "{\"ADMISSION\":\"share\"}").status()).isEqualTo(412);
    assertThat(file).hasContent("# by hand\nCOMPLETE_AFTER=40%\n");
    assertThat(sentence(operator.send("PATCH", SETTINGS, "{}"), 428)).startsWith("Send If-Match");
    // Nothing to write: what the hand wrote takes effect.
    assertThat(setting(changed("{}"), "COMPLETE_AFTER").path("value").asString()).isEqualTo("40%");
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void environment_winsOverTheFile_andTheAnswerSaysSo() throws Exception {
    start(Map.of("COMPLETE_AFTER", "10%"), "ADMISSION=first");

    JsonNode settings = ApiClient.json(operator.get(SETTINGS));

    assertThat(setting(settings, "COMPLETE_AFTER").path("changeable").asBoolean()).isFalse();
    assertThat(setting(settings, "ADMISSION").path("changeable").asBoolean()).isTrue();
    assertThat(setting(settings, "PORT").path("changeable").asBoolean()).isFalse();
    assertThat(sentence(change(etag(), "{\"COMPLETE_AFTER\":\"20%\"}"), 409))
        .startsWith("COMPLETE_AFTER is set by the environment, which takes precedence");
    assertThat(sentence(change(etag(), "{\"SECRET_KEY_FILE\":\"/tmp/key\"}"), 409))
        .startsWith("SECRET_KEY_FILE needs a restart;");
    assertThat(sentence(change(etag(), "{\"ADMISSION\":\"never\"}"), 400))
        .isEqualTo("ADMISSION is 'never' in " + file + ":1; expected first or share.");
    assertThat(file).hasContent("ADMISSION=first\n");
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void change_byAKeyThatOnlyReads_isRefused() throws IOException {
    ApiClient reader =
        operator.as(new ApiKeys(file.getParent(), InstantSource.system()).add("r", Role.READ));

    assertThat(reader.send("PATCH", SETTINGS, "{}", "If-Match: *").status()).isEqualTo(403);
    assertThat(reader.get(SETTINGS).status()).isEqualTo(200);
  }
}
