package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.settings.EgressEntry;
import streamcache.settings.EgressSettings;
import streamcache.settings.RedirectPolicy;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/**
 * The production policy for outgoing connections: the panel may be fetched from; its neighbour,
 * which listens on another port of the same address, may not. A scripted resolver supplies names.
 */
final class HttpOriginEgressTest {

  private final Content film = Content.of(8, 300_000);
  private final ScriptedOrigin panel = ScriptedOrigin.start();
  private final ScriptedOrigin neighbour = ScriptedOrigin.start();
  private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
  private final List<String> lookUps = new CopyOnWriteArrayList<>();
  private final EgressPolicy policy =
      new EgressPolicy(
          new EgressSettings(
              List.of(
                  new EgressEntry(
                      new EgressEntry.Block(address("127.0.0.1"), 32),
                      OptionalInt.of(panel.port()))),
              List.of(),
              List.of(),
              RedirectPolicy.ANY),
          () -> 0);
  private HttpOrigin origin;

  @BeforeEach
  void serveFilms() {
    panel.serve("/film.mkv", Script.of(film));
    neighbour.onOthers(wire -> wire.play(Script.of(film)));
    origin = origin(policy);
  }

  @AfterEach
  void closeAll() {
    origin.close();
    panel.close();
    neighbour.close();
  }

  @Test
  void open_name_isLookedUpOnceAHop() throws OriginException {
    names.put("panel.example", List.of(address("127.0.0.1")));
    names.put("cdn.example", List.of(address("127.0.0.1")));
    panel.serve("/a", Script.redirect("/b"));
    panel.serve("/b", Script.redirect("http://cdn.example:" + panel.port() + "/film.mkv"));
    drain("http://panel.example:" + panel.port() + "/a");
    assertThat(lookUps).containsExactly("panel.example", "panel.example", "cdn.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]"})
  void open_literal_isNotLookedUp(String host) throws OriginException {
    drain("http://" + host + ":" + panel.port() + "/film.mkv");
    assertThat(lookUps).isEmpty();
  }

  @Test
  void open_mixedAnswers_connectsToThePermittedOneOnly() throws OriginException {
    names.put(
        "mixed.example",
        List.of(address("127.0.0.2"), address("169.254.169.254"), address("127.0.0.1")));
    drain("http://mixed.example:" + panel.port() + "/film.mkv");
    assertThat(panel.requests("/film.mkv")).hasSize(1);
  }

  /** DNS answers alternate between a permitted address and a refused one that also listens. */
  @Test
  void open_answersThatChange_neverReachTheRefusedAddress() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Resolver rebinding =
        _ -> List.of(address(asked.getAndIncrement() % 2 == 0 ? "127.0.0.1" : "127.0.0.2"));
    try (ServerSocket trap = new ServerSocket(panel.port(), 50, address("127.0.0.2"));
        HttpOrigin rebound = origin(policy, rebinding)) {
      AtomicInteger sprung = new AtomicInteger();
      Thread.ofVirtual().start(() -> count(trap, sprung));
      String url = "http://rebinding.example:" + panel.port() + "/film.mkv";
      for (int i = 0; i < 10; i++) {
        if (i % 2 == 0) {
          try (Upstream upstream = rebound.open(Fetches.whole(url))) {
            film.check(0, Fetches.drain(upstream));
          }
        } else {
          assertThat(Fetches.failure(rebound, Fetches.whole(url)))
              .as("a kept connection is no way around the check")
              .isInstanceOf(Failure.Forbidden.class);
        }
      }
      assertThat(asked).as("one look-up a connect").hasValue(10);
      assertThat(sprung).hasValue(0);
    }
  }

  /** PORT is the neighbour's, and every spelling denotes the neighbour's address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/film.mkv",
        "http://127.0.0.1.:PORT/film.mkv",
        "http://127.1:PORT/film.mkv",
        "http://2130706433:PORT/film.mkv",
        "http://0x7f000001:PORT/film.mkv",
        "http://0x7f.0.0.1:PORT/film.mkv",
        "http://0177.0.0.1:PORT/film.mkv",
        "http://017700000001:PORT/film.mkv",
        "http://0:PORT/film.mkv",
        "http://0.0.0.0:PORT/film.mkv",
        "http://localhost:PORT/film.mkv",
        "http://LOCALHOST.:PORT/film.mkv",
        "http://my_provider:PORT/film.mkv",
        "http://%31%32%37.0.0.1:PORT/film.mkv",
        "http://\u00ef\u00bc\u0091\u00ef\u00bc\u0092\u00ef\u00bc\u0097.0.0.1:PORT/film.mkv",
        "http://127\u00e3\u0080\u00820\u00e3\u0080\u00820\u00e3\u0080\u00821:PORT/film.mkv",
        "http://b\u00c3\u00bccher.example:PORT/film.mkv",
        "http://[::1]:PORT/film.mkv",
        "http://[::127.0.0.1]:PORT/film.mkv",
        "http://[::ffff:127.0.0.1]:PORT/film.mkv",
        "http://[::ffff:7f00:1]:PORT/film.mkv",
        "http://[64:ff9b::127.0.0.1]:PORT/film.mkv",
        "http://[::]:PORT/film.mkv",
        "http://[::1%25lo]:PORT/film.mkv",
        "http://[fe80::1%lo]:PORT/film.mkv",
        "http://[127.0.0.1]:PORT/film.mkv",
        "http://panel.example@127.0.0.1:PORT/film.mkv",
        "http://panel.example:80@127.0.0.1:PORT/film.mkv",
        "http://a@panel.example@127.0.0.1:PORT/film.mkv",
        "http://panel.example\\@127.0.0.1:PORT/film.mkv",
        "http://127.0.0.1:PORT\\@panel.example/film.mkv",
        "http://127.0.0.1:PORT#@panel.example/film.mkv",
        "http://127.0.0.1:PORT?@panel.example/film.mkv",
        "HtTp://127.0.0.1:PORT/film.mkv",
        "//127.0.0.1:PORT/film.mkv",
        "///127.0.0.1:PORT/film.mkv",
        "  http://127.0.0.1:PORT/film.mkv  ",
        "http:127.0.0.1:PORT/film.mkv",
        "http:/127.0.0.1:PORT/film.mkv",
        "http:\\\\127.0.0.1:PORT\\film.mkv",
        "\\\\127.0.0.1:PORT\\film.mkv",
        "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/",
        "jar:http://127.0.0.1:PORT/film.mkv!/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.example/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://100.100.100.200/latest/meta-data/",
      })
  void open_redirectToTheForbidden_inAnySpelling_reachesNobody(String location) {
    names.put("localhost", List.of(address("127.0.0.1"), address("::1")));
    names.put("my_provider", List.of(address("127.0.0.1")));
    names.put("xn--bcher-kva.example", List.of(address("127.0.0.1")));
    names.put("panel.example", List.of(address("127.0.0.1")));
    names.put("metadata.example", List.of(address("169.254.169.254")));
    String target = location.replace("PORT", Integer.toString(neighbour.port()));
    panel.serve("/start", Script.redirect(target).fromRequest(2, _ -> Script.status(404)));
    Failure failure = Fetches.failure(origin, Fetches.whole(panel.url("/start")));
    assertThat(neighbour.totalConnections()).isZero();
    assertThat(failure)
        .isInstanceOfAny(Failure.Forbidden.class, Failure.Broken.class, Failure.Gone.class);
    if (failure instanceof Failure.Forbidden forbidden) {
      assertThat(forbidden.detail()).startsWith("redirect to ").contains("EGRESS_ALLOW=");
      assertThat(forbidden.upstreamStatus()).as("says nothing of the hop before").isEmpty();
    }
  }

  @Test
  void open_linkToTheForbidden_reachesNobody() {
    names.put("home.example", List.of(address("127.0.0.1")));
    for (String host : List.of("127.0.0.1", "[::ffff:127.0.0.1]", "home.example")) {
      String url = "http://" + host + ":" + neighbour.port() + "/film.mkv";
      assertThat(Fetches.failure(origin, Fetches.whole(url))).isInstanceOf(Failure.Forbidden.class);
    }
    assertThat(neighbour.totalConnections()).isZero();
  }

  /** A remembered redirect target is checked again each time it is used. */
  @Test
  void open_rememberedTarget_passesThePolicyAsARedirect() throws OriginException {
    List<Destination> asked = new CopyOnWriteArrayList<>();
    AddressPolicy recording =
        (to, addresses) -> {
          asked.add(to);
          return addresses;
        };
    panel.serve("/start", Script.redirect(neighbour.url("/film.mkv")));
    try (HttpOrigin recorded = origin(recording)) {
      for (int i = 0; i < 2; i++) {
        recorded.open(Fetches.untrusted(Fetches.whole(panel.url("/start")))).close();
      }
    }
    assertThat(asked)
        .containsExactly(
            new Destination("127.0.0.1", panel.port(), false, false),
            new Destination("127.0.0.1", neighbour.port(), true, false),
            new Destination("127.0.0.1", neighbour.port(), true, false));
  }

  /** An untrusted client cannot tell a refused name from an unknown one or from an address. */
  @Test
  void open_notTrusted_learnsNothingOfInternalNames() {
    names.put("exists.internal", List.of(address("10.0.0.7")));
    for (String host : List.of("exists.internal", "missing.internal", "10.0.0.7", "[fd00::7]")) {
      Fetch fetch = Fetches.whole("http://" + host + "/film.mkv");
      Failure failure = Fetches.failure(origin, Fetches.untrusted(fetch));
      assertThat(failure).as(host).isInstanceOf(Failure.Forbidden.class);
      assertThat(failure.upstreamStatus()).isEmpty();
    }
    assertThat(Fetches.failure(origin, Fetches.whole("http://missing.internal/f")))
        .as("a trusted client learns it")
        .isInstanceOf(Failure.Unreachable.class);
  }

  @Test
  void open_hostOutsideTheList_isNotEvenLookedUp() throws OriginException {
    EgressEntry listed =
        new EgressEntry(new EgressEntry.Host("panel.example"), OptionalInt.empty());
    EgressSettings settings =
        new EgressSettings(List.of(listed), List.of(), List.of(listed), RedirectPolicy.LISTED);
    names.put("panel.example", List.of(address("127.0.0.1")));
    panel.serve("/start", Script.redirect("http://cdn.example/film.mkv"));
    try (HttpOrigin strict = origin(new EgressPolicy(settings, () -> 0))) {
      String base = "http://panel.example:" + panel.port();
      strict.open(Fetches.whole(base + "/film.mkv")).close();
      for (String url : List.of("http://other.example/f", base + "/start")) {
        assertThat(Fetches.failure(strict, Fetches.whole(url)))
            .isInstanceOf(Failure.Forbidden.class);
      }
    }
    assertThat(lookUps).containsOnly("panel.example");
  }

  @Test
  void open_downgradeWithAPassword_leavesNothingInClear() {
    try (ScriptedOrigin tls = ScriptedOrigin.startTls();
        HttpOrigin lax =
            Fetches.origin(new Network(Fetches.OPEN, Resolver.SYSTEM, Fetches.PATIENT), false)) {
      String inClear = panel.url("/film.mkv").replace("//", "//user:secret@");
      tls.serve("/start", Script.redirect(inClear));
      Failure refused = Fetches.failure(lax, Fetches.whole(tls.url("/start")));
      assertThat(refused).isInstanceOf(Failure.Broken.class);
      assertThat(refused.detail()).contains("password unencrypted");
      assertThat(panel.totalConnections()).isZero();
    }
  }

  /** A different scheme is a different origin, even on the same host. */
  @Test
  void open_downgradeToTheSameHost_losesTheLinksCredentials() throws OriginException {
    try (ScriptedOrigin tls = ScriptedOrigin.startTls();
        HttpOrigin lax =
            Fetches.origin(new Network(Fetches.OPEN, Resolver.SYSTEM, Fetches.PATIENT), false)) {
      tls.serve(
          "/start",
          Script.redirect(panel.url("/film.mkv")).header("Set-Cookie", "session=1; Path=/"));
      Map<String, String> secrets =
          Map.of("authorization", "Basic c2VjcmV0", "cookie", "own=1", "referer", "https://r/");
      lax.open(Fetches.with(tls.url("/start"), secrets)).close();
      assertThat(panel.requests("/film.mkv").getFirst().headers().all())
          .extracting("name")
          .doesNotContain("Authorization", "Cookie")
          .contains("Referer");
    }
  }

  private HttpOrigin origin(AddressPolicy rules) {
    return origin(rules, this::resolve);
  }

  private static HttpOrigin origin(AddressPolicy rules, Resolver resolver) {
    return Fetches.origin(new Network(rules, resolver, Fetches.PATIENT), /* verifyTls= */ true);
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    lookUps.add(host);
    List<InetAddress> found = names.get(host);
    if (found == null) {
      throw new UnknownHostException(host);
    }
    return new ArrayList<>(found);
  }

  private void drain(String url) throws OriginException {
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      film.check(0, Fetches.drain(upstream));
    }
  }

  private static void count(ServerSocket listener, AtomicInteger accepted) {
    try {
      while (true) {
        listener.accept().close();
        accepted.incrementAndGet();
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
