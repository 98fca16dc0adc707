package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that speak to the running server, each in a process of its own. */
final class OperatorCommandIT {

  private static final Content FILM = Content.of(11, 2_000_000);

  @TempDir Path folder;

  @Test
  void serve_firstStart_printsTheTokenOfTheApiOnce() throws IOException {
    String token;
    try (Product product = Product.start(folder, Map.of())) {
      product
          .process()
          .awaitLine(
              Pattern.compile("Token for the page at /admin and for the API, shown only now"));
      token = product.process().awaitLine(Pattern.compile("^([A-Za-z0-9_-]{43})$")).group(1);
      assertThat(new ApiClient(product.address(), token).get("/api/v1/status").status())
          .isEqualTo(200);
      product.process().terminate();
      assertThat(product.process().output()).containsOnlyOnce(token);
    }
    try (Product product = Product.start(folder, Map.of())) {
      assertThat(new ApiClient(product.address(), token).get("/api/v1/status").status())
          .isEqualTo(200);
      product.process().terminate();
      assertThat(product.process().output()).doesNotContain(token, "Token");
    }
  }

  @Test
  void apiKey_added_isAcceptedByTheRunningServerUntilItIsRemoved() throws IOException {
    try (Product product = Product.start(folder, Map.of("LOG_FORMAT", "json"))) {
      Run added = Product.run(folder, Map.of(), "api-key", "add", "grafana", "--role", "read");
      assertThat(added.exitCode()).as(added.err()).isZero();
      ApiClient program = new ApiClient(product.address(), added.out().strip());
      assertThat(program.get("/api/v1/status").status()).isEqualTo(200);

      Run listed = Product.run(folder, Map.of(), "api-key");
      assertThat(listed.out()).contains("grafana", "read").doesNotContain(program.token());
      assertThat(Product.run(folder, Map.of(), "api-key", "add", "x").exitCode()).isEqualTo(2);
      assertThat(Product.run(folder, Map.of(), "api-key", "add", "x", "--role", "root").exitCode())
          .isEqualTo(2);

      assertThat(Product.run(folder, Map.of(), "api-key", "remove", "grafana").exitCode()).isZero();
      assertThat(program.get("/api/v1/status").status()).isEqualTo(401);
      assertThat(product.process().lines()).allMatch(line -> line.startsWith("{"));
    }
  }

  /** What the commands of the operator say about a server with a film and a player. */
  @Test
  void operator_commands_speakToTheRunningServer() throws Exception {
    Gate gate = new Gate();
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve("/old%1B%5B31m.mkv", Script.of(FILM))
                .serve("/new.mkv", Script.of(FILM).gate(1_000_000, gate));
        Product product = Product.start(folder, Map.of())) {
      Map<String, String> own = Map.of("PORT", Integer.toString(product.address().getPort()));
      String old = product.link(origin.url("/old%1B%5B31m.mkv"));
      RawClient.get(product.address(), old).check(FILM, 0, FILM.length());
      CheckedStream player =
          RawClient.stream(product.address(), product.link(origin.url("/new.mkv")), FILM);
      player.awaitBytes(1_000_000);

      Run status = Product.run(folder, own, "status");
      assertThat(status.exitCode()).as(status.err()).isZero();
      assertThat(status.out()).contains("health   ok", "in 2 titles", "1 request being answered");
      Run plays = Product.run(folder, own, "plays");
      assertThat(plays.out().lines()).singleElement().asString().contains("new.mkv", "127.0.0.1");
      String played = plays.out().substring(0, 26);

      Run titles = Product.run(folder, own, "titles", "--sort", "name");
      assertThat(titles.out()).doesNotContain("\u001b").contains("old", "new.mkv", "in use");
      assertThat(titles.out().lines()).hasSize(2).first().asString().contains("new.mkv");
      Run refused = Product.run(folder, own, "evict", played);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("being played");
      assertThat(Product.run(folder, own, "evict", played, "--when-free").out())
          .contains("as soon as nobody uses it");
      // The player waits for a byte no longer than half a minute: the other commands come after it.
      gate.open();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);

      assertThat(json(Product.run(folder, own, "status", "--json")).path("health").asString())
          .isEqualTo("ok");
      Run found = Product.run(folder, own, "titles", "OLD", "--limit", "2");
      assertThat(found.out().lines()).singleElement().asString().contains(" all ");
      String id = found.out().substring(0, 26);
      Run pinned = Product.run(folder, own, "pin", id);
      assertThat(pinned.out()).contains("never evicted");
      assertThat(Product.run(folder, own, "evict", id).err()).contains("is pinned");
      Run unpinned = Product.run(folder, own, "pin", id, "--remove", "--json");
      assertThat(json(unpinned).path("isPinned").asBoolean()).isFalse();
      assertThat(Product.run(folder, own, "pin", "x").exitCode()).isEqualTo(2);
      Run kept = Product.run(folder, own, "keep", id);
      assertThat(kept.out()).contains("The file is also at kept/", "never evicted");
      assertThat(folder.resolve("cache/kept")).isDirectoryContaining(file -> true);
      assertThat(Product.run(folder, own, "evict", id).exitCode()).isEqualTo(1);
      Run left = Product.run(folder, own, "keep", id, "--remove");
      assertThat(left.out()).contains("no name in kept/ any more");
      assertThat(folder.resolve("cache/kept")).isEmptyDirectory();
      assertThat(Product.run(folder, own, "evict", id, "--when-free").exitCode()).isZero();
      assertThat(Product.run(folder, own, "evict", "../x").exitCode()).isEqualTo(2);
      assertThat(Product.run(folder, own, "titles", "--limit", "0").exitCode()).isEqualTo(2);
      Run wrong = Product.run(folder, own, "titles", "--sort", "date");
      assertThat(wrong.exitCode()).isEqualTo(1);
      assertThat(wrong.err()).contains("sort is name, size, last-play or present");
      // The other was stalled for as long as the commands took.
      assertThat(origin.requests("/old%1B%5B31m.mkv")).hasSize(1);
      assertThat(origin.bodyBytes("/old%1B%5B31m.mkv")).isEqualTo(FILM.length());
    }
  }

  private static JsonNode json(Run run) {
    return JsonMapper.builder().build().readTree(run.out());
  }

  @Test
  void operator_commandsWithoutAServerOrAToken_sayWhatToDo() throws IOException {
    Run none = Product.run(folder, Map.of(), "status");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("There is no token", "ADMIN_TOKEN");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      other.close();
      Map<String, String> own = Map.of("PORT", Integer.toString(port), "ADMIN_TOKEN", "any-token");
      Run silent = Product.run(folder, own, "titles");
      assertThat(silent.exitCode()).isEqualTo(1);
      assertThat(silent.err()).contains("No server answers on port " + port);
    }
    assertThat(folder.resolve("config")).doesNotExist();
  }

  /** Found by hand: the greeting was plain text, and the keys of events were nested lists. */
}
