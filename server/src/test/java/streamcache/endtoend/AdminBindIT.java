package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/** The operator's page and the API at a port of their own. */
final class AdminBindIT {

  private static final Content FILM = Content.of(93, 500_000);
  private static final String TOKEN = "token-of-the-operator-of-this-house";
  private static final Pattern PAGE = Pattern.compile("The page is at port (\\d+), /admin");

  @TempDir Path folder;

  @Test
  void adminBind_set_isTheOnlyPlaceOfThePageAndTheApi() throws Exception {
    Map<String, String> settings =
        Map.of("ADMIN_BIND", "127.0.0.1:0", "ADMIN_TOKEN", TOKEN, "EGRESS_ALLOW", "127.0.0.1");
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
        Product product = Product.start(folder, settings)) {
      int port = Integer.parseInt(product.process().awaitLine(PAGE).group(1));
      InetSocketAddress own = new InetSocketAddress("127.0.0.1", port);
      String film = product.link(origin.url("/film.mkv"));

      for (String path : List.of("/admin", "/admin/", "/admin/session", "/api/v1/status")) {
        assertThat(new ApiClient(product.address(), TOKEN).get(path).status())
            .as(path)
            .isEqualTo(404);
      }
      assertThat(RawClient.get(product.address(), "/").text()).doesNotContain("admin");
      assertThat(RawClient.get(product.address(), "/healthz").status()).isEqualTo(200);
      RawClient.get(product.address(), film).check(FILM, 0, FILM.length());

      assertThat(RawClient.get(own, "/admin/").status()).isEqualTo(200);
      ApiClient operator = new ApiClient(own, TOKEN);
      assertThat(operator.get("/api/v1/status").status()).isEqualTo(200);
      assertThat(operator.post("/api/v1/links", "{\"url\":\"http://h/a.mkv\"}").status())
          .isEqualTo(200);
      for (String path : List.of("/", "/healthz", "/metrics", film)) {
        assertThat(RawClient.get(own, path).status()).as(path).isEqualTo(404);
      }
      // Nobody makes the server fetch from its own port.
      String itself = product.link("http://127.0.0.1:" + port + "/api/v1/status");
      assertThat(RawClient.get(product.address(), itself).status()).isEqualTo(403);

      Run status = Product.run(folder, Map.of("PORT", "1", "ADMIN_TOKEN", TOKEN), "status");
      assertThat(status.exitCode()).as(status.err()).isZero();
      assertThat(origin.requests()).hasSize(1);
    }
  }

  @Test
  void adminBind_placeIsTaken_namesItsSetting() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String place = "127.0.0.1:" + other.getLocalPort();

      Run run = Product.run(folder, Map.of("ADMIN_BIND", place), "serve");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("port " + other.getLocalPort(), "Set ADMIN_BIND");
    }
  }

  @Test
  void adminBind_noPlace_isRefusedWithASentence() {
    for (String text : List.of("x", "127.0.0.1", "127.0.0.1:99999", "http://h:1")) {
      Run run = Product.run(folder, Map.of("ADMIN_BIND", text), "config");

      assertThat(run.exitCode()).as(text).isEqualTo(2);
      assertThat(run.err()).contains("ADMIN_BIND", "such as 127.0.0.1:8081");
    }
  }
}
