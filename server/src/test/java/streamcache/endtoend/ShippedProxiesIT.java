package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.AnswerHead;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.TestCertificate;
import streamcache.testkit.player.Tool;

/** Players behind the proxies that deploy/compose sets up, with the files from there. */
final class ShippedProxiesIT {

  private static final Content FILM = Content.of(62, 3_000_001);
  private static final int HELD_AT = 1_000_000;

  /** The proxy says which client it forwards a request for. */
  private static final Map<String, String> SETTINGS = Map.of("TRUSTED_PROXIES", "127.0.0.1");

  @TempDir Path folder;

  /** Connects to a proxy, with TLS or without. */
  private interface Way {
    RawClient connect() throws IOException;
  }

  @Test
  void nginx_asShipped_playsAndSeeks() throws Exception {
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    TestCertificate.shared().writePem(certificate, key);
    int port = ReverseProxy.freePort();
    Gate held = new Gate();
    try (ScriptedOrigin provider = provider(held);
        Product product = Product.start(folder.resolve("product"), SETTINGS);
        ReverseProxy proxy =
            ReverseProxy.shippedNginx(
                folder, port, product.address().getPort(), certificate, key)) {
      checkPlays(
          () -> RawClient.connectTls(proxy.address(), TestCertificate.shared().context()),
          product,
          provider,
          held);
    }
  }

  @Test
  void caddy_asShipped_playsAndSeeks() throws Exception {
    assumeTrue(Tool.CADDY.isPresent(), Tool.CADDY::missing);
    Gate held = new Gate();
    try (ScriptedOrigin provider = provider(held);
        Product product = Product.start(folder.resolve("product"), SETTINGS);
        ReverseProxy proxy =
            ReverseProxy.shippedCaddy(
                folder, ReverseProxy.freePort(), product.address().getPort())) {
      checkPlays(() -> RawClient.connect(proxy.address()), product, provider, held);
    }
  }

  private static ScriptedOrigin provider(Gate held) {
    return ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM).gate(HELD_AT, held));
  }

  private static void checkPlays(Way proxy, Product product, ScriptedOrigin provider, Gate held)
      throws IOException {
    String film = product.link(provider.url("/film.mkv"));
    try (RawClient player = proxy.connect();
        CheckedStream playing = player.stream(film, FILM, RawClient.rangeFrom(0))) {
      assertThat(playing.awaitHead().status()).isEqualTo(206);
      // Nothing of what the server has sent stays behind in the proxy.
      playing.awaitBytes(HELD_AT);
      held.open();
      playing.awaitEnd();
      assertThat(playing.bytes()).isEqualTo(FILM.length());
    }
    try (RawClient player = proxy.connect()) {
      Answer seek = player.request("GET", film, RawClient.range(2_000_000, 2_500_000)).answer();
      seek.check(FILM, 2_000_000, 2_500_000);
      assertThat(seek.status()).isEqualTo(206);
    }
    assertThat(provider.requests("/film.mkv")).hasSize(1);
    for (String path : new String[] {"/admin", "/admin/", "/api/v1/status", "/metrics"}) {
      assertThat(status(proxy, path)).as(path).isEqualTo(404);
    }
    assertThat(status(proxy, "/healthz")).isEqualTo(200);
    assertThat(product.metrics()).contains("streamcache_");
  }

  private static int status(Way proxy, String path) throws IOException {
    try (RawClient client = proxy.connect()) {
      AnswerHead head = client.request("GET", path).answer().head();
      return head.status();
    }
  }
}
