package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Chromium;
import streamcache.testkit.player.Ffmpeg;
import streamcache.testkit.player.Ffprobe;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.player.Mpv;
import streamcache.testkit.player.Tool;
import streamcache.testkit.player.VideoElement;
import streamcache.testkit.process.Run;

/** Real players play real films, seek and come back, and each title is fetched once. */
final class PlayersIT {

  private static final long MIB = 1024 * 1024;
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** The upstream limit as a multiple of the title size, whatever players do. */
  private static final double MOST_UPSTREAM = 1.02;

  /** Sent, but still in the buffers of the system when the server closed the connection. */
  private static final long MOST_IN_BUFFERS = 4 * MIB;

  @TempDir Path folder;

  private static void need(Tool tool) {
    assumeTrue(tool.isPresent(), tool::missing);
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void ffmpegProbesPlaysAndSeeks_titleIsFetchedOnce(Container container) throws IOException {
    need(Tool.FFMPEG);
    Path film = Films.ofBuild().film(container);
    String path = "/film." + container.extension();
    try (ScriptedOrigin origin = origin(path, film, container);
        Product product = Product.start(folder, Map.of())) {
      String url = product.url(origin.url(path), "film." + container.extension());
      Ffprobe.jellyfin(url).expectGood();
      for (int second : new int[] {60, 100, 0}) {
        expectSameFrames(url, film, Duration.ofSeconds(second));
      }
      expectFetchedOnce(origin, product, path, film);
      int requests = origin.requests(path).size();
      expectSameFrames(url, film, Duration.ofSeconds(30));
      assertThat(origin.requests(path)).hasSize(requests);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void mpvPlaysSeeksAndReopens_titleIsFetchedOnce(Container container) throws IOException {
    need(Tool.MPV);
    need(Tool.FFMPEG);
    Path film = Films.ofBuild().film(container);
    String path = "/film." + container.extension();
    try (ScriptedOrigin origin = origin(path, film, container);
        Product product = Product.start(folder, Map.of())) {
      String url = product.url(origin.url(path), "film." + container.extension());
      assertThat(Mpv.play(url, Duration.ZERO, SHORT).isGood()).isTrue();
      assertThat(Mpv.play(url, Duration.ofSeconds(60), SHORT).isGood()).isTrue();
      expectFetchedOnce(origin, product, path, film);
      int requests = origin.requests(path).size();
      assertThat(Mpv.play(url, Duration.ofSeconds(90), SHORT).isGood()).isTrue();
      assertThat(origin.requests(path)).hasSize(requests);
    }
  }

  /** One player that seeks around, stops, and opens the film again, as a person does. */
  @ParameterizedTest
  @EnumSource(Container.class)
  void mpvSeeksWhilePlaying_titleIsFetchedOnce(Container container) throws IOException {
    need(Tool.MPV);
    need(Tool.FFMPEG);
    Path film = Films.ofBuild().film(container);
    String path = "/film." + container.extension();
    try (ScriptedOrigin origin = origin(path, film, container);
        Product product = Product.start(folder, Map.of());
        Mpv mpv = Mpv.session()) {
      String url = product.url(origin.url(path), "film." + container.extension());
      mpv.open(url);
      for (int second : new int[] {90, 10, 110}) {
        mpv.seek(Duration.ofSeconds(second));
        assertThat(mpv.position()).isBetween(second - 5.0, second + 5.0);
      }
      mpv.stop();
      expectFetchedOnce(origin, product, path, film);
      int requests = origin.requests(path).size();
      mpv.open(url);
      mpv.seek(Duration.ofSeconds(60));
      assertThat(origin.requests(path)).hasSize(requests);
    }
  }

  /** Chromium does not support TS itself, so TS is excluded. */
  @ParameterizedTest
  @EnumSource(value = Container.class, names = "TS", mode = EnumSource.Mode.EXCLUDE)
  void chromiumPlaysSeeksAndReopens_titleIsFetchedOnce(Container container) throws IOException {
    need(Tool.CHROMIUM);
    need(Tool.FFMPEG);
    Path film = Films.ofBuild().film(container);
    String path = "/film." + container.extension();
    try (ScriptedOrigin origin = origin(path, film, container);
        Product product = Product.start(folder, Map.of());
        Chromium chromium = Chromium.start()) {
      String url = product.url(origin.url(path), "film." + container.extension());
      VideoElement video = VideoElement.play(chromium, url);
      assertThat(video.duration()).isBetween(119.0, 121.0);
      for (int second : new int[] {90, 10, 110}) {
        video.seek(Duration.ofSeconds(second));
        assertThat(video.position()).isBetween((double) second, second + 5.0);
      }
      expectFetchedOnce(origin, product, path, film);
      int requests = origin.requests(path).size();
      VideoElement.play(chromium, url).seek(Duration.ofSeconds(60));
      assertThat(origin.requests(path)).hasSize(requests);
    }
  }

  /** Compares decoded frames with those of the file on disk, so that a single wrong byte shows. */
  private static void expectSameFrames(String url, Path film, Duration from) {
    Run through = Ffmpeg.INSTALLED.frames(url, from, SHORT);
    Run direct = Ffmpeg.INSTALLED.frames(film.toString(), from, SHORT);
    assertThat(through.exitCode()).as(through.toString()).isZero();
    assertThat(through.out()).isNotEmpty().isEqualTo(direct.out());
  }

  private static ScriptedOrigin origin(String path, Path film, Container container) {
    Script script = Script.of(Content.ofFile(film)).type(container.mediaType()).pace(16 * MIB);
    return ScriptedOrigin.start().serve(path, script);
  }

  /** Waits for the fill by reading all of it, then counts the bytes the provider sent. */
  private static void expectFetchedOnce(
      ScriptedOrigin origin, Product product, String path, Path film) throws IOException {
    long size = Files.size(film);
    RawClient.get(product.address(), product.link(origin.url(path)))
        .check(Content.ofFile(film), 0, size);
    origin.awaitIdle();
    assertThat(origin.peakExchanges()).isLessThanOrEqualTo(2);
    assertThat(product.received())
        .as("bytes that the server read")
        .isBetween(size, (long) (size * MOST_UPSTREAM));
    long cut =
        origin.requests(path).stream()
            .filter(request -> request.awaitEnd() == RecordedRequest.End.CLIENT_GONE)
            .count();
    assertThat(origin.bodyBytes(path))
        .as(origin.requests(path).toString())
        .isBetween(size, (long) (size * MOST_UPSTREAM) + cut * MOST_IN_BUFFERS);
  }
}
