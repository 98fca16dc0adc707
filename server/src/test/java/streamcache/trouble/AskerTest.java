package streamcache.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.playback.Headers;

/** Agents as recorded; see the facts about players. */
final class AskerTest {

  @ParameterizedTest
  @CsvSource({
    "libmpv, PLAYER",
    "VLC/3.0.24 LibVLC/3.0.24, PLAYER",
    "GStreamer souphttpsrc 1.22.0 libsoup/3.2.3, PLAYER",
    "KodifromDebian/20.1 (X11; Linux x86_64), PLAYER",
    "Kodi/21.0 (Linux; Android 11), PLAYER",
    "ExoPlayerLib/2.19, PLAYER",
    "AndroidXMedia3/1.4.1, PLAYER",
    "AppleCoreMedia/1.0.0.21F90 (Apple TV; U; CPU OS 17_5), PLAYER",
    "Stremio/1.6, PLAYER",
    "Lavf/59.27.100, MEDIA_SERVER",
    "Jellyfin-Server/10.11.0, MEDIA_SERVER",
    "Emby/4.8 (libmpv), MEDIA_SERVER",
    "EmbyServer, MEDIA_SERVER",
    "curl/7.88.1, OTHER",
    "Wget/1.21.3, OTHER",
    "Mozilla/5.0 (X11; Linux) Chrome/156, OTHER",
    "'', OTHER"
  })
  void of_agent_isKnown(String agent, Asker asker) {
    assertThat(Asker.of(new Headers().add("User-Agent", agent))).isEqualTo(asker);
  }

  @Test
  void of_noFields_isOther() {
    assertThat(Asker.of(new Headers())).isEqualTo(Asker.OTHER);
  }

  @Test
  void of_browser_saysWhatItIsFor() {
    assertThat(Asker.of(browser("video"))).isEqualTo(Asker.PLAYER);
    assertThat(Asker.of(browser("audio"))).isEqualTo(Asker.PLAYER);
    assertThat(Asker.of(browser("document"))).isEqualTo(Asker.OTHER);
  }

  /** As recorded over plain HTTP between two addresses of a home network. */
  @Test
  void of_browserThatDoesNotSay_isToldByWhatItAccepts() {
    Headers chromium = mozilla().add("Accept-Encoding", "identity;q=1, *;q=0");
    Headers firefox = mozilla().add("Accept", "video/webm,video/ogg,video/*;q=0.9,*/*;q=0.5");
    Headers page = mozilla().add("Accept", "text/html,*/*;q=0.8").add("Accept-Encoding", "gzip");
    assertThat(Asker.of(chromium.add("Accept", "*/*"))).isEqualTo(Asker.PLAYER);
    assertThat(Asker.of(firefox)).isEqualTo(Asker.PLAYER);
    assertThat(Asker.of(page)).isEqualTo(Asker.OTHER);
    assertThat(Asker.of(new Headers().add("Accept-Encoding", "identity;q=1, *;q=0")))
        .isEqualTo(Asker.OTHER);
  }

  private static Headers mozilla() {
    return new Headers().add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/150");
  }

  private static Headers browser(String destination) {
    return new Headers()
        .add("User-Agent", "Mozilla/5.0 Chrome/156")
        .add("Accept", "text/html")
        .add("Sec-Fetch-Dest", destination);
  }

  /** The ffmpeg of a media server requests internet radio names, too. */
  @Test
  void of_radioNames_countForPlayersBuiltOnFfmpegOnly() {
    assertThat(Asker.of(radio("SomePlayer (ffmpeg 6.1)"))).isEqualTo(Asker.PLAYER);
    assertThat(Asker.of(radio("Lavf/59.27.100"))).isEqualTo(Asker.MEDIA_SERVER);
    assertThat(Asker.of(radio("curl/7.88.1"))).isEqualTo(Asker.OTHER);
    assertThat(Asker.of(new Headers().add("User-Agent", "SomePlayer (ffmpeg 6.1)")))
        .isEqualTo(Asker.OTHER);
  }

  private static Headers radio(String agent) {
    return new Headers().add("User-Agent", agent).add("Icy-MetaData", "1");
  }
}
