package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;
import streamcache.testkit.process.Run;
import streamcache.testkit.process.ServerProcess;

/** A playlist that is fetched from a provider of one connection, by processes. */
final class PlaylistFetchIT {

  private static final int MIB = 1 << 20;
  private static final Content FILM = Content.of(/* seed= */ 8, 3 * MIB + 5);
  private static final String MOVIE = "/movie/joe/Canary/1.mkv";
  private static final String PLAYLIST = "/get.php?username=joe&password=Canary&type=m3u_plus";

  @TempDir Path folder;

  private final ScriptedOrigin provider = ScriptedOrigin.start();
  private final StreamLimit limit = StreamLimit.of(1, 458);
  private final Gate rest = new Gate();

  @BeforeEach
  void serve() {
    String entries =
        "#EXTM3U\n#EXTINF:-1,Alien (1979)\n%s\n#EXTINF:-1,Dune (2021)\n%s\n"
            .formatted(provider.url(MOVIE), provider.url(MOVIE.replace("1.mkv", "2.mkv")));
    provider
        .serve(MOVIE, Script.of(FILM).gate(2 * MIB, rest))
        .serve("/get.php", Script.status(200, "audio/x-mpegurl", entries).closing());
    provider.budget(limit);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private Map<String, String> settings() {
    return Map.of(
        "STREAMCACHE_IMPORT_URL", provider.url(PLAYLIST), "BASE_URL", "http://cache.example:8080");
  }

  private String[] words() {
    return new String[] {"import", "m3u", folder.resolve("library").toString()};
  }

  private long links() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("library"))) {
      return all.filter(file -> file.toString().endsWith(".strm")).count();
    }
  }

  @Test
  void import_whileAViewerPlays_waitsForItsTurn() throws IOException {
    try (Product product = Product.start(folder, Map.of());
        CheckedStream play =
            RawClient.stream(product.address(), product.link(provider.url(MOVIE)), FILM);
        ServerProcess command =
            ServerProcess.start(
                Product.command(words()), Product.environment(folder, settings()))) {
      play.awaitBytes(MIB);
      command.awaitLine(Pattern.compile("Waiting: a player uses the account"));
      assertThat(provider.requests("/get.php")).isEmpty();
      rest.open();
      assertThat(play.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(command.awaitExit()).as(command.output()).isZero();
      assertThat(command.output()).doesNotContain("Canary");
    }
    assertThat(links()).isEqualTo(2);
    assertThat(provider.requests("/get.php")).hasSize(1);
    assertThat(provider.requests(MOVIE)).hasSize(1);
    assertThat(limit.refusals()).isZero();
    assertThat(limit.peak()).isEqualTo(1);
  }

  @Test
  void import_whileAViewerPlaysAndTwoConnectionsAreFree_doesNotWait() throws IOException {
    StreamLimit three = StreamLimit.of(3, 458);
    provider.budget(three);
    try (Product product = Product.start(folder, Map.of("PROVIDER_MAX_CONNECTIONS", "3"));
        CheckedStream play =
            RawClient.stream(product.address(), product.link(provider.url(MOVIE)), FILM)) {
      play.awaitBytes(MIB);
      Run run = Product.run(folder, settings(), words());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).doesNotContain("Waiting");
      rest.open();
      assertThat(play.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
    }
    assertThat(links()).isEqualTo(2);
    assertThat(provider.requests("/get.php")).hasSize(1);
    assertThat(provider.requests(MOVIE)).hasSize(1);
    assertThat(three.refusals()).isZero();
    assertThat(three.peak()).isEqualTo(2);
  }

  @Test
  void import_failure_speaksOfThePlaylist() {
    provider.serve("/get.php", Script.status(404).closing());
    Run run = Product.run(folder, settings(), words());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("The playlist of 127.0.0.1", "(status 404); check the URL.")
        .doesNotContain("title", "Canary");
    assertThat(provider.requests("/get.php")).hasSize(1);
    assertThat(folder.resolve("library")).doesNotExist();
  }
}
