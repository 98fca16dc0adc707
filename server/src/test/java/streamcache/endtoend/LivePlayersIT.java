package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;
import streamcache.testkit.live.FilmChannel;
import streamcache.testkit.player.Ffmpeg;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.player.Mpv;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.Run;

/** Real players watch real channels of an account with one connection. */
final class LivePlayersIT {

  private static final String ONE = "/live/joe/secret/1.ts";
  private static final String TWO = "/live/joe/secret/2.ts";

  /** What the first viewer has watched when another one joins. */
  private static final Duration WATCHED = Duration.ofSeconds(8);

  /** A new viewer begins two seconds back, and a key picture earlier: one each two seconds. */
  private static final double BEHIND_THE_EDGE = 5;

  private static final Duration ZAPS_WITHIN = Duration.ofSeconds(1);

  /** Ten seconds after the last viewer, and what a busy machine needs. */
  private static final Duration RELEASED_WITHIN = Duration.ofSeconds(13);

  @TempDir private Path folder;

  @Test
  void twoViewersAndAZap_oneConnection_joinedAtTheEdge_releasedAndNothingKept() throws IOException {
    for (Tool tool : List.of(Tool.FFMPEG, Tool.FFPROBE, Tool.MPV)) {
      assumeTrue(tool.isPresent(), tool::missing);
    }
    Content film = Content.ofFile(Films.ofBuild().film(Container.TS));
    StreamLimit limit = StreamLimit.of(1, 458);
    try (ScriptedOrigin origin = ScriptedOrigin.start().budget(limit);
        Product product = Product.start(folder, Map.of());
        Mpv mpv = Mpv.session()) {
      FilmChannel channel = new FilmChannel(film, Duration.ofMinutes(2));
      origin.on(ONE, channel).on(TWO, channel);
      String one = product.url(origin.url(ONE), "1.ts");
      String two = product.url(origin.url(TWO), "2.ts");

      mpv.open(one);
      CompletableFuture<Run> other =
          CompletableFuture.supplyAsync(() -> Ffmpeg.INSTALLED.play(one, Duration.ZERO, WATCHED));
      assertThat(other.join().exitCode()).as(other.join().toString()).isZero();
      double edge = channel.onAir().toMillis() / 1000.0;
      assertThat(firstPicture(one)).isBetween(edge - BEHIND_THE_EDGE, edge + BEHIND_THE_EDGE);
      assertThat(origin.requests(ONE)).hasSize(1);

      long zapped = System.nanoTime();
      mpv.open(two);
      long asked = origin.awaitRequests(TWO, 1).nanos();
      assertThat(Duration.ofNanos(asked - zapped)).isLessThan(ZAPS_WITHIN);
      assertThat(mpv.position()).isGreaterThanOrEqualTo(0);

      mpv.stop();
      long left = System.nanoTime();
      origin.awaitConnections(0);
      assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(RELEASED_WITHIN);
      assertThat(origin.requests()).hasSize(2);
      assertThat(limit.refusals()).isZero();
      assertThat(media()).isEmpty();
    }
  }

  /** The time stamp of the first picture that a new viewer gets, in seconds of the channel. */
  private static double firstPicture(String url) {
    Run run =
        Run.of(
            List.of(
                Tool.FFPROBE.program(),
                "-v",
                "error",
                "-select_streams",
                "v",
                "-read_intervals",
                "%+#1",
                "-show_entries",
                "packet=pts_time",
                "-of",
                "csv=p=0",
                url));
    assertThat(run.exitCode()).as(run.toString()).isZero();
    return Double.parseDouble(run.out().strip().lines().findFirst().orElseThrow().replace(",", ""));
  }

  private List<Path> media() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cache").resolve("media"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
