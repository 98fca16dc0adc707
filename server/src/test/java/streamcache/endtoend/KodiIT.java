package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.player.Kodi;

/**
 * Kodi sends up to five requests before it plays, over several connections, and gives up after 20
 * s: it shows the clip for every title that cannot be played, and never "Playback failed".
 */
final class KodiIT {

  /** Each repetition costs ten seconds; more of them are run by hand. */
  private static final int TIMES = Integer.getInteger("kodi.times", 2);

  /**
   * One for the burst, one for the request when Kodi stops, and as many again on a slow machine.
   */
  private static final int MOST_REQUESTS = 4;

  private static final Duration ANSWER = Duration.ofSeconds(8);

  /** One wait, plus the time of Kodi itself on a slow machine. */
  private static final Duration FOUR_ANSWERS = ANSWER.multipliedBy(4);

  private static final Duration FORTY_MINUTES = Duration.ofMinutes(40);
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Content FILM = Content.of(/* seed= */ 1, 256 * MIB);

  private static Kodi kodi;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Kodi.isPresent(), Kodi::missing);
    kodi = Kodi.start();
  }

  @AfterAll
  static void end() throws IOException {
    if (kodi != null) {
      kodi.close();
    }
  }

  private static Rig rig(Duration answerWithin) throws IOException {
    return Rig.start(Rig.oneConnection(answerWithin, Duration.ofSeconds(12)));
  }

  private static String url(Rig rig, String path) {
    return "http://127.0.0.1:" + rig.address().getPort() + rig.link(path) + "/Film.mkv";
  }

  @Test
  void deadLink_playsTheClipAndSeeksInIt() throws IOException {
    try (Rig rig = rig(ANSWER)) {
      for (int i = 0; i < TIMES; i++) {
        String path = "/gone" + i + ".mkv";
        rig.serve(path, Script.status(404));
        kodi.play(url(rig, path));
        assertThat(kodi.duration()).isEqualTo(TWO_HOURS);
        kodi.seek(FORTY_MINUTES);
        kodi.stop();
        assertThat(rig.origin().requests(path)).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
      }
    }
  }

  /**
   * Each of the five Kodi requests would wait by itself. Another viewer holds the only connection,
   * and will for minutes.
   */
  @Test
  void accountIsInUse_playsTheClip() throws IOException {
    Script slow = Script.of(FILM).pace(128 * 1024);
    try (Rig rig = rig(ANSWER).serve("/one.mkv", slow);
        CheckedStream other =
            rig.stream("/one.mkv", FILM, "User-Agent: VLC/3.0.24").awaitBytes(100_000)) {
      for (int i = 0; i < TIMES; i++) {
        String path = "/two" + i + ".mkv";
        rig.serve(path, Script.of(FILM));
        long begun = System.nanoTime();
        kodi.play(url(rig, path));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(FOUR_ANSWERS);
        assertThat(kodi.duration()).isEqualTo(TWO_HOURS);
        kodi.stop();
        assertThat(rig.origin().requests(path)).isEmpty();
      }
      assertThat(rig.origin().requests("/one.mkv")).hasSize(1);
      assertThat(other.bytes()).isGreaterThan(100_000);
    }
  }

  @Test
  void panelRefusesEverything_playsTheClip() throws IOException {
    try (Rig rig = rig(ANSWER)) {
      for (int i = 0; i < TIMES; i++) {
        String path = "/film" + i + ".mkv";
        rig.serve(path, Script.status(458).closing());
        kodi.play(url(rig, path));
        assertThat(kodi.duration()).isEqualTo(TWO_HOURS);
        kodi.stop();
        assertThat(rig.origin().requests(path)).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
      }
    }
  }

  /** Imitates Kodi with simultaneous requests from the same address with the same agent. */
  @Test
  void severalConnectionsAtOnce_allGetOneClip() throws Exception {
    try (Rig rig = rig(Duration.ofSeconds(2));
        ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor()) {
      rig.serve("/named.mkv", Script.status(404));
      kodi.play(url(rig, "/named.mkv"));
      kodi.stop();
      RecordedRequest asked = rig.origin().requests("/named.mkv").getFirst();
      String agent = "User-Agent: " + asked.headers().first("User-Agent").orElseThrow();
      assertThat(agent).contains("Kodi");
      Gate gate = new Gate();
      Script fails = Script.status(404).headGate(gate);
      rig.serve("/gone.mkv", fails.fromRequest(2, later -> later.statusLine(503, "Busy")));
      List<Future<String>> etags = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String range = i % 2 == 0 ? "Range: bytes=0-99" : "Range: bytes=0-";
        etags.add(connections.submit(() -> etag(rig, agent, range)));
      }
      kodi.play(url(rig, "/gone.mkv"));
      gate.open();
      String etag = etag(rig, agent, "Range: bytes=100000-100099");
      for (Future<String> each : etags) {
        assertThat(each.get()).isEqualTo(etag);
      }
      kodi.seek(FORTY_MINUTES);
      assertThat(etag(rig, agent, "Range: bytes=0-99")).isEqualTo(etag);
      kodi.stop();
      assertThat(rig.origin().requests("/gone.mkv")).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
    }
  }

  private static String etag(Rig rig, String... headers) throws IOException {
    try (RawClient client = RawClient.connect(rig.address())) {
      client.request("GET", rig.link("/gone.mkv"), headers);
      return client.readHead().headers().first("ETag").orElseThrow();
    }
  }
}
