package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.KeyFile;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.store.StoreFolder;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;

/** A server, asked by a command through what stands before it. */
final class BaseUrlCheckTest {

  @TempDir private Path folder;
  private Server server;
  private Links links;
  private String instance = "";

  @BeforeEach
  void start() throws Exception {
    Settings settings = settings(Map.of());
    links = new Links(new KeyFile(settings.link().keyFile()).openOrMake());
    server = Server.start(settings.rooms());
    instance = new StoreFolder(settings.store().folder()).id();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Settings settings(Map<String, String> more) throws SettingsException {
    Map<String, String> flags =
        new HashMap<>(
            Map.of(
                "CONFIG_DIR", folder.resolve("config").toString(),
                "CACHE_DIR", folder.resolve("cache").toString(),
                "CACHE_MAX_BYTES", "10MiB",
                "CACHE_MIN_FREE_BYTES", "0",
                "BIND", "127.0.0.1",
                "DRAIN_WITHIN", "0s",
                "PORT", "0"));
    flags.putAll(more);
    return Settings.load(flags, Map.of());
  }

  private SelfCheckCalls calls() {
    InetSocketAddress address = server.address();
    return new SelfCheckCalls(
        links, new WebPlace("127.0.0.1", address.getPort(), /* isSecure= */ false, "localhost"));
  }

  private List<String> found(String url, String wanted) throws Exception {
    Findings findings = new Findings();
    Settings settings = settings(Map.of("BASE_URL", url));
    new BaseUrlCheck(
            settings.link().baseUrl().orElseThrow(),
            calls(),
            wanted,
            InstantSource.system(),
            findings)
        .examine();
    return findings.all().stream().map(Findings.Finding::line).toList();
  }

  private List<String> through(TestProxy.Kind kind) throws Exception {
    try (TestProxy proxy = TestProxy.start(server.address(), kind)) {
      return found(proxy.url(), instance);
    }
  }

  @Test
  void examine_faithfulProxy_findsNothingToMend() throws Exception {
    assertThat(through(TestProxy.Kind.FAITHFUL))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("OK    BASE_URL: http://127.0.0.1:"),
            line -> assertThat(line).endsWith("a range of a film arrives as sent"),
            line -> assertThat(line).endsWith("a film is passed on as it is read, not buffered"));
  }

  @Test
  void examine_proxyDropsRange_saysThatPlayersCannotSeek() throws Exception {
    assertThat(through(TestProxy.Kind.DROPS_RANGE))
        .anyMatch(line ->
            line.startsWith("FIX   through BASE_URL: the proxy removes or changes the Range"));
  }

  @Test
  void examine_proxyReadsAhead_saysHowToTurnThatOff() throws Exception {
    assertThat(through(TestProxy.Kind.READS_AHEAD))
        .anyMatch(line ->
            line.startsWith("FIX   through BASE_URL: the proxy reads a film ahead")
                && line.endsWith("proxy_buffering off)"));
  }

  @Test
  void examine_proxyIsNotTrusted_namesTheSetting() throws Exception {
    assertThat(through(TestProxy.Kind.NAMES_PLAYERS))
        .anyMatch(line -> line.startsWith("NOTE  ") && line.endsWith("TRUSTED_PROXIES=127.0.0.1"));
  }

  @Test
  void examine_nginx_saysWhichTimesCutAPause() throws Exception {
    assertThat(through(TestProxy.Kind.IS_NGINX))
        .anyMatch(line -> line.startsWith("NOTE  ") && line.contains("proxy_read_timeout"));
  }

  @Test
  void examine_somethingElseAnswers_saysWhatToCorrect() throws Exception {
    assertThat(through(TestProxy.Kind.REFUSES))
        .singleElement()
        .asString()
        .startsWith("FIX   BASE_URL: ")
        .contains("refuses with 401", "let paths that begin with /e/");
    assertThat(through(TestProxy.Kind.IS_LOST))
        .singleElement()
        .asString()
        .contains("does not reach port " + server.address().getPort());
    assertThat(through(TestProxy.Kind.REDIRECTS))
        .singleElement()
        .asString()
        .contains("redirects to https://elsewhere.example; set BASE_URL")
        .doesNotContain("/e/");
    assertThat(found("http://127.0.0.1:" + server.address().getPort(), "another"))
        .singleElement()
        .asString()
        .contains("another server with the same key");
  }

  @Test
  void examine_nothingAnswers_saysSo() throws Exception {
    String url;
    try (TestProxy proxy = TestProxy.start(server.address(), TestProxy.Kind.FAITHFUL)) {
      url = proxy.url();
    }
    assertThat(found(url, instance))
        .singleElement()
        .asString()
        .startsWith("FIX   BASE_URL: " + url + " cannot be reached from this machine (Connect");
  }

  @Test
  void about_isToldToWhoHasTheKey() throws Exception {
    SelfCheckAbout about = calls().about().orElseThrow();
    assertThat(about.instance()).isEqualTo(instance);
    assertThat(about.version()).isEqualTo(Version.current());
    assertThat(about.heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
    Links strangers = new Links(KeyFile.passing());
    assertThat(new SelfCheckCalls(strangers, calls().own()).about()).isEmpty();
  }

  /** A link of a library is no leave to ask, nor is one that lasts. */
  @Test
  void about_withALinkOfAnotherKind_isNotTold() throws Exception {
    Instant now = Instant.now();
    Instant soon = now.plusSeconds(30);
    for (String path :
        List.of(
            links.make(LinkForm.SEALED, SelfCheck.URL, Optional.empty()),
            links.make(LinkForm.SEALED, SelfCheck.URL, Optional.of(now.plusSeconds(3600))),
            links.make(LinkForm.SEALED, SelfCheck.URL, Optional.of(now.minusSeconds(1))),
            links.make(LinkForm.SIGNED, SelfCheck.URL, Optional.of(soon)),
            links.make(LinkForm.PLAIN, SelfCheck.URL, Optional.empty()),
            links.make(LinkForm.SEALED, "http://h.invalid/a.mkv", Optional.of(soon)))) {
      Answer answer = RawClient.get(server.address(), path + SelfCheck.MARK + "about");
      assertThat(answer.status()).as(path).isGreaterThanOrEqualTo(400);
      assertThat(answer.text()).doesNotContain(instance);
    }
  }

  @Test
  void file_partsAndHead_areThatOfAnyFilm() throws Exception {
    String target = calls().target("x");
    Answer part = RawClient.get(server.address(), target, RawClient.range(5, 9));
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Range")).contains("bytes 5-8/" + SelfCheck.LENGTH);
    assertThat(part.body())
        .containsExactly(SelfCheck.at(5), SelfCheck.at(6), SelfCheck.at(7), SelfCheck.at(8));
    Answer head = RawClient.head(server.address(), target);
    assertThat(head.header("Content-Length")).contains(Long.toString(SelfCheck.LENGTH));
  }
}
