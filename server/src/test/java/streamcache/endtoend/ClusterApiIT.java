package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;
import tools.jackson.databind.JsonNode;

/** The API and the commands of one node, for what another one has; three processes. */
final class ClusterApiIT {

  private static final String TOKEN = "token-of-the-operator-0123456789";
  private static final String FIELD = "Streamcache-Node: ";
  private static final long SIZE = 300_001;
  private static final String PATH = "/movie/user/word/1.mkv";
  private static final Content FILM = Content.of(23, SIZE);

  @RegisterExtension static final OperatorBrowser BROWSER = new OperatorBrowser();

  @TempDir Path folder;

  private static ApiClient api(Product node) {
    return new ApiClient(node.address(), TOKEN);
  }

  private static Answer through(Product node, String place, String method, String path)
      throws IOException {
    return api(node).send(method, path, "", FIELD + place);
  }

  /** The place of the node itself, as it names it. */
  private static String place(Product node) throws IOException {
    for (JsonNode each : ApiClient.json(api(node).get("/api/v1/cluster")).path("nodes")) {
      if (each.path("isThis").asBoolean()) {
        return each.path("place").asString();
      }
    }
    throw new AssertionError("the node does not name itself");
  }

  private static String id(Answer titles) {
    return ApiClient.json(titles).path("titles").path(0).path("id").asString();
  }

  private static int count(Answer titles) {
    return ApiClient.json(titles).path("titles").size();
  }

  /** Plays the film once; returns the node that has it then. */
  private static Product play(ScriptedOrigin origin, ClusterRig cluster) throws IOException {
    origin.serve(PATH, Script.of(FILM));
    Product first = cluster.nodes().getFirst();
    RawClient.get(first.address(), first.link(origin.url(PATH))).check(FILM, 0, SIZE);
    return cluster.home();
  }

  @Test
  void titlesOfAnotherNode_areListedPinnedAndEvictedFromThisOne() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of("ADMIN_TOKEN", TOKEN))) {
      Product home = play(origin, cluster);
      Product other = cluster.others(home).getFirst();
      String place = place(home);

      assertThat(count(api(other).get("/api/v1/titles"))).isZero();
      Answer titles = through(other, place, "GET", "/api/v1/titles?limit=10");
      assertThat(count(titles)).isEqualTo(1);
      String title = "/api/v1/titles/" + id(titles);
      assertThat(through(other, place, "POST", title + "/pin").status()).isEqualTo(200);
      assertThat(ApiClient.json(api(home).get(title)).path("isPinned").asBoolean()).isTrue();
      assertThat(through(other, place, "POST", title + "/unpin").status()).isEqualTo(200);
      assertThat(through(other, place, "POST", title + "/evict").status()).isEqualTo(200);

      assertThat(count(api(home).get("/api/v1/titles"))).isZero();
      assertThat(through(home, place, "GET", title).status()).as("itself").isEqualTo(404);
      assertThat(origin.requests(PATH)).hasSize(1);
    }
  }

  /** A body and its condition did not reach the other node. */
  @Test
  void bodies_forAnotherNode_arriveThere() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of("ADMIN_TOKEN", TOKEN))) {
      Product home = play(origin, cluster);
      Product other = cluster.others(home).getFirst();
      String place = place(home);
      String settings = "/api/v1/settings";
      String tag = ApiClient.json(through(other, place, "GET", settings)).path("etag").asString();
      String change = ApiClient.object("COMPLETE_AFTER", "20%");

      Answer changed =
          api(other).send("PATCH", settings, change, FIELD + place, "If-Match: \"" + tag + "\"");
      assertThat(changed.status()).as(changed.text()).isEqualTo(200);
      assertThat(api(home).get(settings).text()).contains("20%");
      assertThat(api(other).get(settings).text()).doesNotContain("20%");

      origin.serve("/movie/user/word/2.mkv", Script.of(FILM));
      String order = "{\"urls\":[\"%s\"]}".formatted(origin.url("/movie/user/word/2.mkv"));
      Answer ordered = api(other).send("POST", "/api/v1/prewarm", order, FIELD + place);
      assertThat(ordered.status()).as(ordered.text()).isEqualTo(200);
      api(home).await("/api/v1/titles", titles -> count(titles) == 2);
      assertThat(count(api(other).get("/api/v1/titles"))).isZero();
    }
  }

  @Test
  void request_thatCannotBePassedOn_saysWhy() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of("ADMIN_TOKEN", TOKEN))) {
      origin.serve(PATH, Script.of(FILM));
      Product one = cluster.nodes().get(0);
      String place = place(cluster.nodes().get(1));
      Run key = command(0, one, "api-key", "add", "panel", "--role=read");
      String reader = key.out().lines().toList().getLast().strip();

      Answer unknown = through(one, "nowhere:1", "GET", "/api/v1/titles");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.text()).contains("/api/v1/cluster");
      assertThat(through(one, place, "GET", "/api/v1/nothing").status()).isEqualTo(404);
      assertThat(through(one, place, "GET", "/api/v1/events").status()).isEqualTo(409);
      ApiClient stranger = api(one).as("somebody");
      assertThat(stranger.send("GET", "/api/v1/titles", "", FIELD + place).status()).isEqualTo(401);
      String prewarm = "{\"items\":[\"" + origin.url(PATH) + "\"]}";
      ApiClient mayRead = api(one).as(reader);
      assertThat(mayRead.send("GET", "/api/v1/titles", "", FIELD + place).status()).isEqualTo(200);
      assertThat(mayRead.send("POST", "/api/v1/prewarm", prewarm, FIELD + place).status())
          .isEqualTo(403);
      cluster.nodes().get(1).process().kill9();
      Answer silent = through(one, place, "GET", "/api/v1/titles");
      assertThat(silent.status()).as("until and after the others notice").isIn(404, 502);
      assertThat(origin.requests(PATH)).isEmpty();
    }
  }

  @Test
  void commands_askAnotherNode() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of("ADMIN_TOKEN", TOKEN))) {
      Product home = play(origin, cluster);
      Product other = cluster.others(home).getFirst();
      int number = cluster.nodes().indexOf(other);
      String place = place(home);

      assertThat(command(number, other, "titles").out()).contains("Nothing is stored");
      assertThat(command(number, other, "titles", "--node=" + place).out()).contains("1.mkv");
      assertThat(command(number, other, "status").out())
          .contains("3 nodes see each other", place(other) + ", which answers", place);
      Run missing = command(number, other, "titles", "--node=nowhere:1");
      assertThat(missing.exitCode()).isEqualTo(1);
      assertThat(missing.err()).contains("No node of the cluster is called so");
    }
  }

  @Test
  void page_ofOneNode_showsWhatAnotherHas() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        ClusterRig cluster = ClusterRig.start(folder, 3, Map.of("ADMIN_TOKEN", TOKEN))) {
      Product home = play(origin, cluster);
      Page page = BROWSER.page(1280, 900, ColorScheme.LIGHT);
      OperatorBrowser.logIn(page, cluster.others(home).getFirst(), TOKEN);
      OperatorBrowser.view(page, "Cache");
      page.getByText("No titles.").waitFor();

      page.getByLabel("Server").selectOption(place(home));
      page.locator("tbody tr").getByText("1.mkv").waitFor();
      OperatorBrowser.expectUsable(page, "cluster-cache");
      OperatorBrowser.view(page, "Now");
      page.locator("dl.figures div", new Page.LocatorOptions().setHasText("Titles"))
          .getByText("1", new Locator.GetByTextOptions().setExact(true))
          .waitFor();

      cluster.others(home).get(1).process().kill9();
      page.reload();
      page.locator("dl.figures div", new Page.LocatorOptions().setHasText("Titles"))
          .getByText("1", new Locator.GetByTextOptions().setExact(true))
          .waitFor();
    }
  }

  private Run command(int number, Product node, String... words) {
    Map<String, String> settings =
        Map.of("ADMIN_TOKEN", TOKEN, "PORT", Integer.toString(node.address().getPort()));
    return Product.run(folder.resolve("node" + number), settings, words);
  }
}
