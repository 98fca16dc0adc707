package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.player.Mpv;
import streamcache.testkit.player.Tool;

/** Two real films, whose headers state a duration, over bandwidth for one and a half of them. */
final class AdmissionIT {

  private static final long MIB = 1 << 20;

  /** Bytes per second; each film needs 350 000. */
  private static final long LINE = 525_000;

  private static final String FIRST = "/first.mkv";
  private static final String SECOND = "/second.mp4";
  private static final Container FIRST_KIND = Container.MKV;
  private static final Container SECOND_KIND = Container.MP4_FAST_START;

  @TempDir Path folder;

  private static Content film(Container container) {
    return Content.ofFile(Films.ofBuild().film(container));
  }

  private static Script script(Container container) {
    return Script.of(film(container)).type(container.mediaType()).pace(LINE);
  }

  @Test
  void lineIsTakenAsTheHeadsTell_secondFilmIsNotBegun_andTheFirstPlaysOn() throws IOException {
    assumeTrue(Tool.MPV.isPresent(), Tool.MPV::missing);
    assumeTrue(Tool.FFMPEG.isPresent(), Tool.FFMPEG::missing);
    Map<String, String> settings = Map.of("PROVIDER_MAX_CONNECTIONS", "1", "ANSWER_WITHIN", "5s");
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve(FIRST, script(FIRST_KIND))
                .serve(SECOND, script(SECOND_KIND));
        Product product = Product.start(folder, settings);
        Mpv viewer = Mpv.session()) {
      String second = product.link(origin.url(SECOND));
      RawClient.head(product.address(), second);
      viewer.open(product.url(origin.url(FIRST), "first.mkv"));
      // mpv may play from the first burst, when nothing is known about the bandwidth yet.
      awaitBytes(product, origin, 2 * LINE);
      Answer refusal = RawClient.get(product.address(), second);
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.text()).contains("First in line: first.mkv");
      assertThat(origin.requests(SECOND)).as("only its head was fetched").hasSize(1);
      double position = viewer.position();
      awaitBytes(product, origin, origin.bodyBytes(FIRST) + LINE);
      assertThat(viewer.position()).isGreaterThan(position);
      viewer.stop();
      try (CheckedStream other =
          RawClient.stream(
              product.address(), second, film(SECOND_KIND), "User-Agent: another viewer's")) {
        other.awaitBytes(2 * MIB);
      }
      assertThat(origin.peakConnections()).isEqualTo(1);
    }
  }

  /** Waits until the first film has arrived up to {@code bytes}. */
  private static void awaitBytes(Product product, ScriptedOrigin origin, long bytes)
      throws IOException {
    try (CheckedStream follower =
        RawClient.stream(product.address(), product.link(origin.url(FIRST)), film(FIRST_KIND))) {
      follower.awaitBytes(bytes);
    }
  }
}
