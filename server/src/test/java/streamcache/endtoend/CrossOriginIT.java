package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import streamcache.link.BadLink;
import streamcache.link.LinkForm;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.player.Chromium;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.player.Tool;
import streamcache.testkit.player.VideoElement;

/** A page of another site in a real browser: plays and reads what it holds a key's link of. */
final class CrossOriginIT {

  private static final String FILM = "/film.mp4";
  private static final String PAGE = "/page.html";

  @BeforeEach
  void need() {
    for (Tool tool : new Tool[] {Tool.CHROMIUM, Tool.FFMPEG}) {
      assumeTrue(tool.isPresent(), tool::missing);
    }
  }

  private static Rig rig() throws IOException {
    String page = "<!DOCTYPE html><title>page</title>";
    return Rig.start()
        .serve(FILM, Script.of(content()).type("video/mp4"))
        .serve("/gone.mp4", Script.status(404))
        .serve(PAGE, Script.status(200, "text/html", page));
  }

  /** The provider also serves the page; by another name, so that it is another site. */
  private static void openPage(Chromium chromium, Rig rig) {
    chromium.open("http://localhost:" + rig.origin().port() + PAGE);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
  void page_withALinkMadeWithTheKey_playsAndReads(LinkForm form) throws IOException, BadLink {
    try (Rig rig = rig();
        Chromium chromium = Chromium.start()) {
      String url = url(rig, rig.link(form, FILM, Optional.empty()));
      openPage(chromium, rig);

      VideoElement video = VideoElement.playReadable(chromium, url);
      video.seek(Duration.ofSeconds(60));
      assertThat(video.pixel(10, 10)).isBetween(0, 0xffffff);

      byte[] film = content().bytes(1000, 5);
      String read = "206 bytes 1000-1004/%d bytes 5 ".formatted(content().length()) + list(film);
      assertThat(fetched(chromium, url, "Range: 'bytes=1000-1004'")).isEqualTo(read);
      // If-Range makes the browser ask with OPTIONS first; X-Player is known to nobody.
      String more = "Range: 'bytes=1000-1004', 'If-None-Match': '\"x\"', 'X-Player': '1'";
      assertThat(fetched(chromium, url, more)).isEqualTo(read);
      assertThat(fetched(chromium, url(rig, rig.link(form, "/gone.mp4", Optional.empty())), ""))
          .startsWith("404 ");
    }
  }

  @Test
  void page_withAPlainLink_playsOnly() throws IOException {
    try (Rig rig = rig();
        Chromium chromium = Chromium.start()) {
      String url = url(rig, rig.link(FILM) + FILM);
      openPage(chromium, rig);

      VideoElement.play(chromium, url).seek(Duration.ofSeconds(60));
      assertThat(fetched(chromium, url, "Range: 'bytes=1000-1004'")).startsWith("TypeError");
      assertThatThrownBy(() -> VideoElement.playReadable(chromium, url))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("error 4");
    }
  }

  private static Content content() throws IOException {
    return Content.ofFile(Films.ofBuild().film(Container.MP4_INDEX_AT_END));
  }

  private static String url(Rig rig, String target) {
    return "http://127.0.0.1:" + rig.address().getPort() + target;
  }

  /** What a page gets: status, exposed header fields and bytes; or the error. */
  private static String fetched(Chromium chromium, String url, String headers) {
    return chromium.evaluate(
        """
        (async () => {
          try {
            const answer = await fetch('%s', {headers: {%s}});
            const bytes = new Uint8Array(await answer.arrayBuffer());
            return [
              answer.status,
              answer.headers.get('Content-Range'),
              answer.headers.get('Accept-Ranges'),
              answer.headers.get('Content-Length'),
              Array.from(bytes.subarray(0, 10)).join()].join(' ');
          } catch (error) {
            return String(error);
          }
        })()
        """
            .formatted(url, headers));
  }

  private static String list(byte[] bytes) {
    StringBuilder list = new StringBuilder();
    for (byte value : bytes) {
      list.append(list.isEmpty() ? "" : ",").append(value & 0xff);
    }
    return list.toString();
  }
}
