package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.ProxyServer;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;

/** Providers that are reached through a proxy, and what the proxy must not change. */
final class ProxyTest {

  private static final long MIB = 1 << 20;
  private static final String FILM = "/film.mkv";
  private static final Content CONTENT = Content.of(/* seed= */ 3, 3 * MIB + 7);
  private static final String JSON = "Accept: application/json";

  private static Rig rig(String proxy, String... more) throws IOException {
    List<String> lines = new ArrayList<>(List.of("[provider 127.0.0.1]", "PROXY = " + proxy));
    lines.addAll(List.of(more));
    return Rig.set(lines.toArray(String[]::new));
  }

  /** The proxy receives the address that was checked, never the name. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void tls_throughAProxy_isATunnelToTheCheckedAddress(String kind) throws IOException {
    try (ProxyServer proxy = ProxyServer.start("joe", "p@ss");
        ScriptedOrigin tls = ScriptedOrigin.startTls().serve(FILM, Script.of(CONTENT));
        Rig rig = rig(kind + "://joe:p%40ss@127.0.0.1:" + proxy.port(), "DISABLE_SSL_VERIFY = 1")) {
      RawClient.get(rig.address(), rig.linkTo(tls.url(FILM))).check(CONTENT, 0, CONTENT.length());
      String verb = kind.equals("http") ? "CONNECT" : "SOCKS";
      assertThat(proxy.asked()).containsOnly(verb + " 127.0.0.1:" + tls.port());
      assertThat(tls.totalConnections()).isEqualTo(proxy.totalConnections());
    }
  }

  @Test
  void plain_throughSocks_isATunnelToo() throws IOException {
    try (ProxyServer proxy = ProxyServer.start();
        Rig rig = rig("socks5://127.0.0.1:" + proxy.port())) {
      rig.serve(FILM, Script.of(CONTENT));
      rig.get(FILM).check(CONTENT, 0, CONTENT.length());
      assertThat(proxy.asked()).containsOnly("SOCKS 127.0.0.1:" + rig.origin().port());
    }
  }

  /** Whole URLs, since few proxies tunnel to port 80; the credentials are for the proxy only. */
  @Test
  void plain_throughHttp_isAskedForTheUrl() throws IOException {
    try (ProxyServer proxy = ProxyServer.start("joe", "word");
        Rig rig = rig("http://joe:word@127.0.0.1:" + proxy.port())) {
      rig.serve(FILM, Script.of(CONTENT));
      rig.get(FILM + "?a=b%20c").check(CONTENT, 0, CONTENT.length());
      assertThat(proxy.asked()).containsOnly("GET " + rig.origin().url(FILM + "?a=b%20c"));
      assertThat(rig.origin().requests(FILM).getFirst().target()).isEqualTo(FILM + "?a=b%20c");
    }
  }

  /** Redirects of the provider go through the same proxy; other providers do not. */
  @Test
  void redirect_goesThroughTheProxyOfTheProvider() throws IOException {
    try (ProxyServer proxy = ProxyServer.start();
        ScriptedOrigin cdn = ScriptedOrigin.start().serve(FILM, Script.of(CONTENT));
        Rig rig = Rig.set("[provider %s]", "PROXY = socks5://127.0.0.1:" + proxy.port())) {
      rig.serve(FILM, Script.redirect(cdn.url(FILM)));
      rig.get(FILM).check(CONTENT, 0, CONTENT.length());
      assertThat(proxy.asked()).contains("SOCKS 127.0.0.1:" + cdn.port());
      int connections = proxy.totalConnections();
      cdn.serve("/own.mkv", Script.of(CONTENT));
      RawClient.get(rig.address(), rig.linkTo(cdn.url("/own.mkv")))
          .check(CONTENT, 0, CONTENT.length());
      assertThat(proxy.totalConnections()).isEqualTo(connections);
    }
  }

  /** An address that may not be fetched is not requested through any kind of proxy either. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void egress_refusesBeforeTheProxyIsAsked(String kind) throws IOException {
    try (ProxyServer proxy = ProxyServer.start();
        Rig rig = Rig.set("[provider *]", "PROXY = " + kind + "://127.0.0.1:" + proxy.port())) {
      for (String url : List.of("http://169.254.169.254/film.mkv", "https://127.0.0.2/film.mkv")) {
        assertThat(RawClient.get(rig.address(), rig.linkTo(url), JSON).status()).isEqualTo(403);
      }
      rig.serve(FILM, Script.redirect("http://169.254.169.254/latest/"));
      assertThat(rig.get(FILM, JSON).status()).isEqualTo(403);
      assertThat(proxy.asked()).noneMatch(asked -> asked.contains("169.254"));
      assertThat(proxy.asked()).noneMatch(asked -> asked.contains("127.0.0.2"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void wrongCredentials_areAnHonestStatus_withoutThem(String kind) throws IOException {
    try (ProxyServer proxy = ProxyServer.start("joe", "word");
        ScriptedOrigin tls = ScriptedOrigin.startTls().serve(FILM, Script.of(CONTENT));
        Rig rig = rig(kind + "://joe:canary@127.0.0.1:" + proxy.port(), "DISABLE_SSL_VERIFY = 1")) {
      rig.serve(FILM, Script.of(CONTENT));
      for (String url : List.of(rig.origin().url(FILM), tls.url(FILM))) {
        Answer answer = RawClient.get(rig.address(), rig.linkTo(url), JSON);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).doesNotContain("canary");
      }
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  @Test
  void nobodyAtTheProxy_isUnreachable() throws IOException {
    ProxyServer gone = ProxyServer.start();
    gone.close();
    try (Rig rig = rig("socks5://127.0.0.1:" + gone.port())) {
      rig.serve(FILM, Script.of(CONTENT));
      assertThat(rig.get(FILM, JSON).status()).isEqualTo(502);
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  /** The account is banned if a second connection is opened. */
  @Test
  void budget_countsThroughTheProxyAsWell() throws IOException {
    StreamLimit budget = StreamLimit.of(1, 403).banAfter(1);
    Content content = Content.of(/* seed= */ 1, 12 * MIB);
    try (ProxyServer proxy = ProxyServer.start();
        Rig rig = rig("socks5://127.0.0.1:" + proxy.port(), "MAX_CONNECTIONS = 1")) {
      rig.origin().budget(budget);
      rig.serve(FILM, Script.of(content).pace(8 * MIB));
      List<CheckedStream> players = new ArrayList<>();
      players.add(rig.stream(FILM, content).awaitBytes(MIB));
      players.add(rig.stream(FILM, content, "Range: bytes=9000000-"));
      for (CheckedStream player : players) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        player.close();
      }
      assertThat(budget.refusals()).isZero();
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
    }
  }
}
