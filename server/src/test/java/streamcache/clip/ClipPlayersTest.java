package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Chromium;
import streamcache.testkit.player.Ffmpeg;
import streamcache.testkit.player.Ffprobe;
import streamcache.testkit.player.Mpv;
import streamcache.testkit.player.Tool;
import streamcache.testkit.player.VideoElement;
import streamcache.testkit.process.Run;

/** Real players on the clip, computed and served over HTTP: it plays, seeks and is exact. */
final class ClipPlayersTest {

  private static final Duration FORTY_MINUTES = Duration.ofMinutes(40);

  @TempDir Path folder;

  private static void need(Tool tool) {
    assumeTrue(tool.isPresent(), tool::missing);
  }

  private static void need(Ffmpeg ffmpeg) {
    assumeTrue(ffmpeg.isPresent(), () -> "LEFT OUT: no ffmpeg, " + ffmpeg);
  }

  private static ScriptedOrigin serve(Clip clip) {
    Content content = Content.computed(clip.length(), clip::read);
    Script script = Script.of(content).type(Clip.CONTENT_TYPE).etag(clip.etag());
    return ScriptedOrigin.start().serve("/clip.mp4", script);
  }

  static Stream<Arguments> decodings() {
    List<Card> cards =
        List.of(
            Cards.plain(),
            Cards.full(),
            Cards.titled("Ελλάδα Привет שלום \"x\" 千と千尋 😀 " + "e\u0301".repeat(300)),
            Cards.titled(""));
    return Stream.of(Ffmpeg.values())
        .flatMap(ffmpeg -> cards.stream().map(card -> Arguments.of(ffmpeg, card)));
  }

  /** Compares the first frame, a frame of skips only, and one after a seek, sample by sample. */
  @ParameterizedTest
  @MethodSource("decodings")
  void ffmpeg_decodes_exactlyWhatWasDrawn(Ffmpeg ffmpeg, Card card) throws IOException {
    need(ffmpeg);
    Picture drawn = CardPainter.paint(card);
    try (ScriptedOrigin origin = serve(Clip.of(card))) {
      String url = origin.url("/clip.mp4");
      for (Duration at : List.of(Duration.ZERO, Duration.ofSeconds(7), FORTY_MINUTES)) {
        Path raw = folder.resolve("frame.yuv");
        ffmpeg.rawFrames(url, at, /* count= */ 1, raw).expectGood();
        assertSamePicture(Files.readAllBytes(raw), drawn);
      }
    }
  }

  private static void assertSamePicture(byte[] decoded, Picture drawn) {
    int at = 0;
    for (Plane plane : List.of(drawn.luma(), drawn.blue(), drawn.red())) {
      byte[] samples = plane.samples();
      int wrong = Arrays.mismatch(samples, 0, samples.length, decoded, at, at + samples.length);
      assertThat(wrong).as("first wrong sample in a plane %d wide", plane.width()).isEqualTo(-1);
      at += samples.length;
    }
    assertThat(decoded).hasSize(at);
  }

  @ParameterizedTest
  @EnumSource
  void ffmpeg_decodesTenMinutes_withoutAWord(Ffmpeg ffmpeg) {
    need(ffmpeg);
    try (ScriptedOrigin origin = serve(Clip.of(Cards.plain()))) {
      ffmpeg.playStrictly(origin.url("/clip.mp4"), Duration.ofMinutes(10)).expectGood();
    }
  }

  /** As in trick play: refreshes are decoded without the frames between them. */
  @ParameterizedTest
  @EnumSource
  void ffmpeg_decodesRefreshesAlone_withoutAWord(Ffmpeg ffmpeg) {
    need(ffmpeg);
    try (ScriptedOrigin origin = serve(Clip.of(Cards.plain()))) {
      ffmpeg.playRefreshes(origin.url("/clip.mp4"), Duration.ofMinutes(5)).expectGood();
    }
  }

  @Test
  void ffmpeg_sound_isSilence() throws IOException {
    need(Tool.FFMPEG);
    try (ScriptedOrigin origin = serve(Clip.of(Cards.plain()))) {
      Path raw = folder.resolve("sound.raw");
      Duration length = Duration.ofSeconds(16);
      Ffmpeg.INSTALLED.rawSound(origin.url("/clip.mp4"), length, raw).expectGood();
      byte[] samples = Files.readAllBytes(raw);
      assertThat(samples).hasSize(16 * 48_000 * 2 * 2).containsOnly(0);
    }
  }

  @Test
  void ffprobe_asJellyfinCallsIt_isQuickAndSeesTwoHours() {
    need(Tool.FFPROBE);
    try (ScriptedOrigin origin = serve(Clip.of(Cards.plain()))) {
      Run run = Ffprobe.jellyfin(origin.url("/clip.mp4")).expectGood();
      assertThat(run.out())
          .contains("\"duration\": \"7200.000000\"")
          .contains("\"profile\": \"Constrained Baseline\"", "\"level\": 31")
          .contains("\"width\": 1280", "\"height\": 720", "\"r_frame_rate\": \"5/1\"")
          .contains("\"color_space\": \"bt709\"", "\"color_range\": \"tv\"")
          .contains("\"codec_name\": \"aac\"", "\"sample_rate\": \"48000\"", "\"channels\": 2")
          .doesNotContain("unknown");
      assertThat(run.time()).isLessThan(Duration.ofSeconds(10));
      assertThat(origin.bodyBytes()).isLessThan(8 << 20);
    }
  }

  /** Starts 56 seconds before the end, as a viewer with a resume point does. */
  @Test
  void jellyfinRemux_fromAResumePoint_cutsSegmentsAtTheBlocks() throws IOException {
    need(Tool.FFMPEG);
    try (ScriptedOrigin origin = serve(Clip.of(Cards.plain()))) {
      Duration from = Card.STANDARD_LENGTH.minusSeconds(56);
      Ffmpeg.INSTALLED.jellyfinRemux(origin.url("/clip.mp4"), from, folder).expectGood();
      String playlist = Files.readString(folder.resolve("main.m3u8"));
      assertThat(playlist.lines().filter(line -> line.startsWith("#EXTINF:")).toList())
          .containsExactly(
              Stream.generate(() -> "#EXTINF:8.000000,").limit(7).toArray(String[]::new));
    }
  }

  @Test
  void mpv_playsAndSeeks_onFewConnections() throws IOException {
    need(Tool.MPV);
    try (ScriptedOrigin origin = serve(Clip.of(Cards.plain()));
        Mpv mpv = Mpv.session()) {
      mpv.open(origin.url("/clip.mp4"));
      mpv.seek(FORTY_MINUTES);
      assertThat(mpv.position()).isBetween(2400.0, 2410.0);
      mpv.seek(Duration.ofMinutes(119));
      assertThat(mpv.position()).isBetween(7140.0, 7150.0);
      assertThat(origin.requests()).hasSizeLessThanOrEqualTo(6);
    }
  }

  @Test
  void mpv_opensInTheMiddle_isGood() {
    need(Tool.MPV);
    try (ScriptedOrigin origin = serve(Clip.of(Cards.plain()))) {
      Mpv.play(origin.url("/clip.mp4"), FORTY_MINUTES, Duration.ofSeconds(1)).expectGood();
    }
  }

  @Test
  void chromium_playsAndSeeks_inTheRightColours() throws IOException {
    need(Tool.CHROMIUM);
    try (ScriptedOrigin origin = serve(Clip.of(Cards.plain()));
        Chromium chromium = Chromium.start()) {
      origin.serve("/", Script.status(200, "text/html", "<title>same origin</title>"));
      chromium.open(origin.url("/"));
      VideoElement video = VideoElement.play(chromium, origin.url("/clip.mp4"));
      assertThat(video.duration()).isEqualTo(7200.0);
      assertThat(video.width()).isEqualTo(Picture.WIDTH);
      video.seek(FORTY_MINUTES);
      assertThat(video.position()).isBetween(2400.0, 2420.0);
      assertNear(video.pixel(8, 8), 0x0d1018);
      assertNear(video.pixel(104, 360), 0xe7940c);
    }
  }

  /** Close enough to tell BT.709 from BT.601, in which the red of the bar is 0xdf. */
  private static void assertNear(int actual, int expected) {
    String both = "0x%06x, wanted 0x%06x".formatted(actual, expected);
    assertThat(actual >> 16).as(both).isCloseTo(expected >> 16, within(3));
    assertThat(actual >> 8 & 0xff).as(both).isCloseTo(expected >> 8 & 0xff, within(3));
    assertThat(actual & 0xff).as(both).isCloseTo(expected & 0xff, within(10));
  }
}
