package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.settings.ErrorVideoPolicy;
import streamcache.testkit.Script;
import streamcache.testkit.player.Chromium;
import streamcache.testkit.player.Ffmpeg;
import streamcache.testkit.player.Ffprobe;
import streamcache.testkit.player.GstPlay;
import streamcache.testkit.player.Mpv;
import streamcache.testkit.player.Tool;
import streamcache.testkit.player.VideoElement;
import streamcache.testkit.player.Vlc;
import streamcache.testkit.process.Run;

/** Real players open a title that is gone; the provider gets one request each time. */
final class ErrorVideoIT {

  private static final Duration FORTY_MINUTES = Duration.ofMinutes(40);
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path folder;

  private static void need(Tool tool) {
    assumeTrue(tool.isPresent(), tool::missing);
  }

  private static Rig rig(ErrorVideoPolicy mode) throws IOException {
    return Rig.start(Rig.trouble(mode)).serve("/gone.mkv", Script.status(404));
  }

  private static String url(Rig rig) {
    return "http://127.0.0.1:" + rig.address().getPort() + rig.link("/gone.mkv") + "/Film.mkv";
  }

  private static void assertAskedOnce(Rig rig) {
    assertThat(rig.origin().requests("/gone.mkv")).hasSize(1);
  }

  @Test
  void mpv_players_playsAndSeeksTheClip() throws IOException {
    need(Tool.MPV);
    try (Rig rig = rig(ErrorVideoPolicy.PLAYERS);
        Mpv mpv = Mpv.session()) {
      mpv.open(url(rig));
      mpv.seek(FORTY_MINUTES);
      assertThat(mpv.position()).isBetween(2400.0, 2410.0);
      assertAskedOnce(rig);
    }
  }

  @Test
  void vlc_players_playsAndSeeksTheClip() throws IOException {
    need(Tool.VLC);
    try (Rig rig = rig(ErrorVideoPolicy.PLAYERS);
        Vlc vlc = Vlc.play(url(rig))) {
      vlc.seek(FORTY_MINUTES);
      assertThat(vlc.seconds()).isBetween(2400L, 2460L);
      assertAskedOnce(rig);
    }
  }

  @Test
  void gstreamer_players_playsAndSeeksTheClip() throws IOException {
    need(Tool.GSTREAMER);
    try (Rig rig = rig(ErrorVideoPolicy.PLAYERS)) {
      GstPlay.playOn(url(rig), FORTY_MINUTES);
      assertAskedOnce(rig);
    }
  }

  @Test
  void vlc_off_cannotOpen() throws IOException {
    need(Tool.VLC);
    try (Rig rig = rig(ErrorVideoPolicy.OFF)) {
      assertThatThrownBy(() -> Vlc.play(url(rig))).isInstanceOf(AssertionError.class);
      assertAskedOnce(rig);
    }
  }

  @Test
  void gstreamer_off_cannotOpen() throws IOException {
    need(Tool.GSTREAMER);
    try (Rig rig = rig(ErrorVideoPolicy.OFF)) {
      assertThatThrownBy(() -> GstPlay.playOn(url(rig), Duration.ZERO))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("Not Found");
      assertAskedOnce(rig);
    }
  }

  @Test
  void mpv_off_cannotOpen() throws IOException {
    need(Tool.MPV);
    try (Rig rig = rig(ErrorVideoPolicy.OFF)) {
      assertThat(Mpv.play(url(rig), Duration.ZERO, SHORT).exitCode()).isEqualTo(2);
      assertAskedOnce(rig);
    }
  }

  @Test
  void mpv_linkThatAsksForStatus_cannotOpen() throws IOException {
    need(Tool.MPV);
    try (Rig rig = rig(ErrorVideoPolicy.PLAYERS)) {
      String url = url(rig) + "?error=status";
      assertThat(Mpv.play(url, Duration.ZERO, SHORT).exitCode()).isEqualTo(2);
      assertAskedOnce(rig);
    }
  }

  /** A media server must not record the streams and duration of the clip as those of the title. */
  @Test
  void ffprobe_players_seesTheStatus() throws IOException {
    need(Tool.FFPROBE);
    try (Rig rig = rig(ErrorVideoPolicy.PLAYERS)) {
      Run run = Ffprobe.jellyfin(url(rig));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("404");
      assertAskedOnce(rig);
    }
  }

  @Test
  void ffprobe_all_seesTwoHours() throws IOException {
    need(Tool.FFPROBE);
    try (Rig rig = rig(ErrorVideoPolicy.ALL)) {
      Run run = Ffprobe.jellyfin(url(rig)).expectGood();
      assertThat(run.out()).contains("\"duration\": \"7200.000000\"");
      assertAskedOnce(rig);
    }
  }

  @Test
  void jellyfinRemux_all_fromAResumePoint_makesSegments() throws IOException {
    need(Tool.FFMPEG);
    try (Rig rig = rig(ErrorVideoPolicy.ALL)) {
      Duration from = Duration.ofHours(2).minusSeconds(56);
      Ffmpeg.INSTALLED.jellyfinRemux(url(rig), from, folder).expectGood();
      assertThat(Files.size(folder.resolve("6.ts"))).isPositive();
      assertAskedOnce(rig);
    }
  }

  @Test
  void ffmpeg_all_seeksAndDecodes() throws IOException {
    need(Tool.FFMPEG);
    try (Rig rig = rig(ErrorVideoPolicy.ALL)) {
      Ffmpeg.INSTALLED.play(url(rig), FORTY_MINUTES, Duration.ofSeconds(20)).expectGood();
      assertAskedOnce(rig);
    }
  }

  @Test
  void chromium_players_playsTheClipAndReadsThePage() throws IOException {
    need(Tool.CHROMIUM);
    try (Rig rig = rig(ErrorVideoPolicy.PLAYERS);
        Chromium chromium = Chromium.start()) {
      chromium.open(url(rig));
      assertThat(chromium.evaluate("document.querySelector('h1').textContent"))
          .isEqualTo("The provider no longer has this title");
      // The policy of the page itself forbids loading anything.
      chromium.open("http://127.0.0.1:" + rig.address().getPort() + "/healthz");
      VideoElement video = VideoElement.play(chromium, url(rig));
      video.seek(FORTY_MINUTES);
      assertThat(video.position()).isBetween(2400.0, 2420.0);
      assertAskedOnce(rig);
    }
  }

  @Test
  void chromium_off_hasNothingToPlay() throws IOException {
    need(Tool.CHROMIUM);
    try (Rig rig = rig(ErrorVideoPolicy.OFF);
        Chromium chromium = Chromium.start()) {
      assertThatThrownBy(() -> VideoElement.play(chromium, url(rig)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("error 4");
      assertAskedOnce(rig);
    }
  }
}
