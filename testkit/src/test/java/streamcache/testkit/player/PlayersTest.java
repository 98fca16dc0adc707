package streamcache.testkit.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.process.Run;

final class PlayersTest {

  private static final Duration LENGTH = Duration.ofSeconds(30);
  private static final int RATE = 1000;
  private static final Films FILMS = Films.ofBuild();

  @ParameterizedTest
  @EnumSource
  void ffmpeg_overHttp_seesTheFramesOfTheFile(Container container) {
    assumeTrue(Tool.FFMPEG.isPresent(), Tool.FFMPEG::missing);
    Path film = FILMS.film(container, LENGTH, RATE);
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      String url = serve(origin, film, container);
      Duration from = Duration.ofSeconds(20);
      Duration length = Duration.ofSeconds(2);
      Run overHttp = Ffmpeg.INSTALLED.frames(url, from, length).expectGood();
      assertThat(overHttp.out())
          .contains("0,")
          .isEqualTo(Ffmpeg.INSTALLED.frames(film.toString(), from, length).out());
    }
  }

  @Test
  void ffmpeg_cutBody_complains() {
    assumeTrue(Tool.FFMPEG.isPresent(), Tool.FFMPEG::missing);
    Path film = FILMS.film(Container.MKV, LENGTH, RATE);
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      origin.serve("/film.mkv", Script.of(Content.ofFile(film)).cutAfter(1_000_000, Cut.RESET));
      assertThat(Ffmpeg.INSTALLED.packets(origin.url("/film.mkv")).isGood()).isFalse();
    }
  }

  @Test
  void ffprobe_jellyfin_tellsStreams() {
    assumeTrue(Tool.FFPROBE.isPresent(), Tool.FFPROBE::missing);
    Path film = FILMS.film(Container.MP4_INDEX_AT_END, LENGTH, RATE);
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      Run run = Ffprobe.jellyfin(serve(origin, film, Container.MP4_INDEX_AT_END));
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.out()).contains("\"h264\"", "\"aac\"");
    }
  }

  @Test
  void jellyfinRemux_wholeFilm_makesSegments(@TempDir Path folder) throws IOException {
    assumeTrue(Tool.FFMPEG.isPresent(), Tool.FFMPEG::missing);
    Path film = FILMS.film(Container.MKV, LENGTH, RATE);
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      Run run =
          Ffmpeg.INSTALLED.jellyfinRemux(serve(origin, film, Container.MKV), Duration.ZERO, folder);
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(Files.size(folder.resolve("0.ts"))).isPositive();
    }
  }

  @Test
  void mpv_play_tellsGoodFromMissing() {
    assumeTrue(Tool.MPV.isPresent(), Tool.MPV::missing);
    Path film = FILMS.film(Container.MKV, LENGTH, RATE);
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      String url = serve(origin, film, Container.MKV);
      Duration second = Duration.ofSeconds(1);
      assertThat(Mpv.play(url, Duration.ofSeconds(10), second).exitCode()).isZero();
      assertThat(Mpv.play(origin.url("/none"), Duration.ZERO, second).exitCode()).isEqualTo(2);
    }
  }

  @Test
  void mpv_session_seeksAndOpensAgain() throws IOException {
    assumeTrue(Tool.MPV.isPresent(), Tool.MPV::missing);
    Path film = FILMS.film(Container.MP4_FAST_START, LENGTH, RATE);
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Mpv mpv = Mpv.session()) {
      String url = serve(origin, film, Container.MP4_FAST_START);
      mpv.open(url);
      mpv.seek(Duration.ofSeconds(20));
      assertThat(mpv.position()).isBetween(18.0, 29.0);
      mpv.stop();
      int before = origin.requests().size();
      mpv.open(url);
      assertThat(origin.requests()).hasSizeGreaterThan(before);
    }
  }

  @Test
  void chromium_video_playsAndSeeks() throws IOException {
    assumeTrue(Tool.CHROMIUM.isPresent(), Tool.CHROMIUM::missing);
    Path film = FILMS.film(Container.MP4_FAST_START, LENGTH, RATE);
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Chromium chromium = Chromium.start()) {
      VideoElement video =
          VideoElement.play(chromium, serve(origin, film, Container.MP4_FAST_START));
      assertThat(video.duration()).isBetween(29.0, 31.0);
      assertThat(video.width()).isEqualTo(320);
      video.seek(Duration.ofSeconds(20));
      assertThat(video.position()).isBetween(20.0, 25.0);
    }
  }

  @Test
  void chromium_videoThatIsNone_saysSo() throws IOException {
    assumeTrue(Tool.CHROMIUM.isPresent(), Tool.CHROMIUM::missing);
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Chromium chromium = Chromium.start()) {
      assertThatThrownBy(() -> VideoElement.play(chromium, origin.url("/none")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("error 4");
    }
  }

  @Test
  void chromium_page_isOpenedReadAndPictured() throws IOException {
    assumeTrue(Tool.CHROMIUM.isPresent(), Tool.CHROMIUM::missing);
    String page = "<!doctype html><title>It works</title><p id=a>one \"two\"</p>";
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Chromium chromium = Chromium.start()) {
      origin.serve("/page", Script.status(200, "text/html", page));
      chromium.open(origin.url("/page"));
      assertThat(chromium.evaluate("document.title")).isEqualTo("It works");
      assertThat(chromium.evaluate("document.getElementById('a').textContent"))
          .isEqualTo("one \"two\"");
      assertThat(chromium.evaluate("Promise.resolve(6 * 7)")).isEqualTo("42");
      assertThat(chromium.screenshot()).startsWith(0x89, 'P', 'N', 'G');
      assertThatThrownBy(() -> chromium.evaluate("nothing.here"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("nothing is not defined");
    }
  }

  private static String serve(ScriptedOrigin origin, Path film, Container container) {
    String path = "/film." + container.extension();
    origin.serve(path, Script.of(Content.ofFile(film)).type(container.mediaType()));
    return origin.url(path);
  }
}
