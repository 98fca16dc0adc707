package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Ffprobe;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.player.Mpv;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.Run;

/** A media server scans a library, as Jellyfin does, while a viewer watches a film. */
final class ScanIT {

  private static final int TITLES = 60;
  private static final int AT_ONCE = 4;

  /** Bytes per second per connection: a title takes two seconds, the viewer's film twenty. */
  private static final long PACE = 3 << 20;

  /** Longer than what a probe reads of an MPEG-TS file. */
  private static final Duration LENGTH = Duration.ofMinutes(5);

  private static final int KILOBITS = 200;

  /** Titles fetched whole because they began before the scan was recognized. */
  private static final int MOST_WHOLE = 3;

  /** Header, index, a range between them, and a range cut by the turn of another title. */
  private static final int MOST_REQUESTS_A_TITLE = 3;

  /** Seconds that the viewer may lag behind the clock: the player start on a busy machine. */
  private static final double MOST_LAG = 2;

  private static final String FILM = "/watched.mkv";

  @TempDir Path folder;

  /** Mostly containers with an index; a probe reads two thirds of each of the others. */
  private static Container container(int title) {
    return switch (title % 12) {
      case 0 -> Container.TS;
      case 1, 4, 7, 10 -> Container.MP4_FAST_START;
      case 2, 5, 8, 11 -> Container.MP4_INDEX_AT_END;
      default -> Container.MKV;
    };
  }

  private static Path file(int title) {
    return Films.ofBuild().film(container(title), LENGTH, KILOBITS);
  }

  private static String path(int title) {
    return "/library/" + title + "." + container(title).extension();
  }

  private static ScriptedOrigin origin() {
    ScriptedOrigin origin = ScriptedOrigin.start();
    Path film = Films.ofBuild().film(Container.MKV, Duration.ofMinutes(2), 4000);
    origin.serve(FILM, Script.of(Content.ofFile(film)).type(Container.MKV.mediaType()).pace(PACE));
    for (int title = 0; title < TITLES; title++) {
      origin.serve(
          path(title),
          Script.of(Content.ofFile(file(title))).type(container(title).mediaType()).pace(PACE));
    }
    return origin;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void scan_downloadsNoTitleWhole_theViewerPlaysOn_andWhatIsWatchedIsKept(int connections)
      throws Exception {
    assumeTrue(Tool.FFPROBE.isPresent(), Tool.FFPROBE::missing);
    assumeTrue(Tool.MPV.isPresent(), Tool.MPV::missing);
    assumeTrue(Tool.CURL.isPresent(), Tool.CURL::missing);
    Map<String, String> settings =
        Map.of("PROVIDER_MAX_CONNECTIONS", Integer.toString(connections));
    try (ScriptedOrigin origin = origin();
        Product product = Product.start(folder, settings);
        Mpv viewer = Mpv.session()) {
      viewer.open(product.url(origin.url(FILM), "watched.mkv"));
      double first = viewer.position();
      long begun = System.nanoTime();

      int probed = scan(origin, product);

      double lag = (System.nanoTime() - begun) / 1e9 - (viewer.position() - first);
      assertThat(lag).as("seconds that the viewer stood still").isLessThan(MOST_LAG);
      viewer.stop();
      origin.awaitIdle();
      expectOnlyLooks(origin, probed);
      assertThat(origin.peakConnections()).isLessThanOrEqualTo(connections);

      int watched = lastThatIsPartial(origin);
      int looks = origin.requests(path(watched)).size();
      assertThat(
              Mpv.play(url(origin, product, watched), Duration.ZERO, Duration.ofSeconds(2))
                  .isGood())
          .isTrue();
      expectKept(origin, product, watched, looks);
      int asked = lastThatIsPartial(origin);
      looks = origin.requests(path(asked)).size();
      Run.of(List.of("curl", "-sf", "-o", "/dev/null", "-r", "0-9", url(origin, product, asked)))
          .expectGood();
      expectKept(origin, product, asked, looks);
    }
  }

  private static String url(ScriptedOrigin origin, Product product, int title) {
    return product.url(origin.url(path(title)), "film." + container(title).extension());
  }

  /**
   * @return how many titles were probed successfully
   */
  private static int scan(ScriptedOrigin origin, Product product)
      throws InterruptedException, ExecutionException {
    List<Future<Run>> probes = new ArrayList<>();
    try (ExecutorService jellyfin = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int title = 0; title < TITLES; title++) {
        String url = url(origin, product, title);
        probes.add(jellyfin.submit(() -> Ffprobe.jellyfin(url)));
      }
    }
    int good = 0;
    for (Future<Run> probe : probes) {
      good += probe.get().isGood() ? 1 : 0;
    }
    return good;
  }

  private static void expectOnlyLooks(ScriptedOrigin origin, int probed) throws IOException {
    long whole = 0;
    int requests = 0;
    long bytes = 0;
    long library = 0;
    for (int title = 0; title < TITLES; title++) {
      whole += isWhole(origin, title) ? 1 : 0;
      requests += origin.requests(path(title)).size();
      bytes += origin.bodyBytes(path(title));
      library += Files.size(file(title));
    }
    assertThat(probed).as("titles that could be probed").isEqualTo(TITLES);
    assertThat(whole).as("titles that were downloaded").isLessThanOrEqualTo(MOST_WHOLE);
    assertThat(requests).isLessThanOrEqualTo(TITLES * MOST_REQUESTS_A_TITLE);
    assertThat(bytes).isLessThan(library / 3);
  }

  private static boolean isWhole(ScriptedOrigin origin, int title) {
    try {
      return origin.bodyBytes(path(title)) >= Files.size(file(title));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int lastThatIsPartial(ScriptedOrigin origin) {
    for (int title = TITLES - 1; title >= 0; title--) {
      if (!isWhole(origin, title)) {
        return title;
      }
    }
    throw new AssertionError("all were downloaded");
  }

  /** Waits for the rest of the title, and checks that all of it is served from the store. */
  private static void expectKept(ScriptedOrigin origin, Product product, int title, int looks)
      throws IOException {
    for (int request = looks + 1; !isWhole(origin, title); request++) {
      origin.awaitRequests(path(title), request).awaitEnd();
    }
    int requests = origin.requests(path(title)).size();
    RawClient.get(product.address(), product.link(origin.url(path(title))))
        .check(Content.ofFile(file(title)), 0, Files.size(file(title)));
    assertThat(origin.requests(path(title))).as("it was complete").hasSize(requests);
  }
}
