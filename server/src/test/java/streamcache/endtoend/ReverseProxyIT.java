package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/** Behind nginx, under a path, set up as docs/operating.md describes. */
final class ReverseProxyIT {

  private static final Content FILM = Content.of(61, 3_000_001);
  private static final String STRANGER = "X-Forwarded-For: 8.8.8.8";

  @TempDir Path folder;

  /** In nginx, a path after the address strips the prefix; no path keeps it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void linksOfTheTool_playThroughTheProxy(String path) throws Exception {
    int proxyPort = ReverseProxy.freePort();
    Map<String, String> settings =
        Map.of(
            "BASE_URL", "http://127.0.0.1:" + proxyPort + "/films", "TRUSTED_PROXIES", "127.0.0.1");
    try (ScriptedOrigin provider = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
        Product product = Product.start(folder, settings);
        ReverseProxy nginx =
            ReverseProxy.nginx(
                folder, proxyPort, server(proxyPort, product.address().getPort() + path, "off"))) {
      InetSocketAddress proxy = nginx.address();
      Run link = Product.run(folder, settings, "link", provider.url("/film.mkv"));
      assertThat(link.exitCode()).as(link.err()).isZero();
      String target = link.out().strip().replace("http://127.0.0.1:" + proxyPort, "");
      assertThat(target).startsWith("/films/e/");
      RawClient.get(proxy, target).check(FILM, 0, FILM.length());
      RawClient.get(proxy, target, RawClient.range(1_000_000, 2_000_000))
          .check(FILM, 1_000_000, 2_000_000);
      RawClient.get(proxy, target, STRANGER).check(FILM, 0, FILM.length());
      String plain = "/films" + product.link(provider.url("/film.mkv"));
      assertThat(RawClient.get(proxy, plain).status()).as("from home").isEqualTo(200);
      assertThat(RawClient.get(proxy, "/films/healthz").text()).startsWith("ok");
      Answer direct = RawClient.get(product.address(), target);
      assertThat(direct.status()).as("past the proxy").isEqualTo(200);
      assertThat(provider.requests("/film.mkv")).hasSize(1);
    }
  }

  /** As many write it who have not read the document, and as it says. */
  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void doctor_throughTheProxy_seesWhetherItBuffers(String buffering) throws Exception {
    int proxyPort = ReverseProxy.freePort();
    Map<String, String> settings =
        Map.of(
            "BASE_URL", "http://127.0.0.1:" + proxyPort + "/films", "TRUSTED_PROXIES", "127.0.0.1");
    try (Product product = Product.start(folder, settings);
        ReverseProxy nginx =
            ReverseProxy.nginx(
                folder,
                proxyPort,
                server(proxyPort, Integer.toString(product.address().getPort()), buffering))) {
      assertThat(nginx.address().getPort()).isEqualTo(proxyPort);
      Run doctor = Product.run(folder, Map.of(), "doctor");
      assertThat(doctor.out())
          .contains(
              "OK    BASE_URL: http://127.0.0.1:" + proxyPort + "/films leads to this server",
              "a range of a film arrives as sent",
              "set both to 1h")
          .doesNotContain("TRUSTED_PROXIES=")
          .contains(
              buffering.equals("on")
                  ? "FIX   through BASE_URL: the proxy reads a film ahead"
                  : "OK    through BASE_URL: a film is passed on as it is read");
    }
  }

  private static String server(int port, String upstream, String buffering) {
    return """
      server {
        listen 127.0.0.1:%d;
        location /films/ {
          proxy_pass http://127.0.0.1:%s;
          proxy_http_version 1.1;
          proxy_set_header Host $host;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_buffering %s;
        }
      }
    """
        .formatted(port, upstream, buffering);
  }
}
