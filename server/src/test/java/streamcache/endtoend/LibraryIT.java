package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Ffprobe;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.player.Kodi;
import streamcache.testkit.player.Mpv;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.Run;
import streamcache.testkit.process.ServerProcess;

/** A library of {@code .strm} files, as its owner and as media servers and players use it. */
final class LibraryIT {

  private static final int FILES = 4000;
  private static final Pattern WRAPPED = Pattern.compile("strm-wrapped");
  private static final Duration SHORT = Duration.ofSeconds(3);

  private static final Map<String, String> BASE = Map.of("BASE_URL", "http://cache:1");

  @TempDir private Path folder;

  /** A media server scans the library, and players open its files. */
  @Test
  void wrap_libraryThatIsScannedAndPlayed_isFetchedOnce() throws IOException {
    assumeTrue(Tool.FFMPEG.isPresent() && Tool.MPV.isPresent(), "needs ffmpeg and mpv");
    Path film = Films.ofBuild().film(Container.MKV);
    Content content = Content.ofFile(film);
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve("/film.mkv", Script.of(content).type(Container.MKV.mediaType()));
        Product product = Product.start(folder, Map.of())) {
      Path strm = library().resolve("Heat (1995)/Heat (1995).strm");
      Files.createDirectories(strm.getParent());
      Files.writeString(strm, origin.url("/film.mkv"));
      assertThat(strm(product, "wrap", "--yes").expectGood().out()).contains("1 file changed.");

      String link = Files.readString(strm);
      assertThat(link).startsWith(base(product) + "/e/").endsWith("/Heat%20%281995%29.mkv");
      assertThat(Ffprobe.jellyfin(link).expectGood().out()).contains("matroska");
      assertThat(Mpv.play(link, Duration.ofSeconds(60), SHORT).isGood()).isTrue();
      playInKodi(strm);

      assertThat(origin.bodyBytes("/film.mkv"))
          .as(origin.requests("/film.mkv").toString())
          .isLessThanOrEqualTo(content.length() + content.length() / 50);
      assertThat(strm(product, "unwrap", "--yes").isGood()).isTrue();
      assertThat(strm).hasContent(origin.url("/film.mkv"));
    }
  }

  private static void playInKodi(Path strm) throws IOException {
    if (!Kodi.isPresent()) {
      System.out.println("LEFT OUT: " + Kodi.missing());
      return;
    }
    try (Kodi kodi = Kodi.start()) {
      kodi.play(strm.toString());
      assertThat(kodi.duration()).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(121));
      kodi.stop();
    }
  }

  /** SIGKILL at a random moment: no file is lost or half written, and the next run goes on. */
  @Test
  void wrap_killedAtAnyMoment_leavesEachFileAsItWasOrWrapped() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("LibraryIT seed " + seed);
    Random random = new Random(seed);
    Map<Path, String> before = new HashMap<>();
    for (int number = 0; number < FILES; number++) {
      Path file = library().resolve("Folder " + number % 40 + "/Film " + number + ".strm");
      Files.createDirectories(file.getParent());
      before.put(file, "http://panel.example/movie/user/pass/" + number + ".mkv\n");
      Files.writeString(file, before.get(file));
    }
    int wrapped = 0;
    for (int kills = 0; kills < 3 && wrapped < FILES; kills++) {
      List<String> command =
          Product.command("strm", "wrap", library().toString(), "--yes", "--json");
      try (ServerProcess run = ServerProcess.start(command, Product.environment(folder, BASE))) {
        run.awaitLine(Pattern.compile("\"file\""), 1 + random.nextInt(FILES / 4));
        run.kill9();
      }
      wrapped = check(before);
      assertThat(wrapped).as("seed " + seed).isPositive();
    }
    List<String> wrap = List.of("strm", "wrap", library().toString(), "--yes");
    Product.run(folder, BASE, wrap.toArray(String[]::new)).expectGood();
    assertThat(check(before)).as("seed " + seed).isEqualTo(FILES);
    assertThat(files(".tmp")).isEmpty();
  }

  /** How many files are wrapped; the others are as they were. */
  private static int check(Map<Path, String> before) throws IOException {
    int wrapped = 0;
    for (Map.Entry<Path, String> file : before.entrySet()) {
      String now = Files.readString(file.getKey());
      boolean isWrapped = now.matches("http://\\S+/e/\\S+\\.mkv\n");
      assertThat(isWrapped || now.equals(file.getValue())).as(now).isTrue();
      wrapped += isWrapped ? 1 : 0;
    }
    return wrapped;
  }

  /** What an importer writes while the server runs gets links of that server. */
  @Test
  void strmWrap_filesOfAnotherProgram_getLinksOfTheRunningServer() throws IOException {
    Files.createDirectories(library());
    Map<String, String> settings = Map.of("STRM_WRAP", library().toString());
    try (ScriptedOrigin origin =
            ScriptedOrigin.start().serve("/film.mkv", Script.of(Content.of(5, 300_000)));
        Product product = Product.start(folder, settings)) {
      Path strm = Files.writeString(library().resolve("film.strm"), origin.url("/film.mkv"));
      product.process().awaitLine(WRAPPED);
      String link = Files.readString(strm);
      assertThat(link).contains("/e/");
      String path = link.substring(link.indexOf("/e/"));
      RawClient.get(product.address(), path).check(Content.of(5, 300_000), 0, 300_000);
      assertThat(origin.requests("/film.mkv")).hasSize(1);
      assertThat(product.process().output()).doesNotContain(path.substring(3, 40));
    }
  }

  private Path library() {
    return folder.resolve("library");
  }

  private static String base(Product product) {
    return "http://127.0.0.1:" + product.address().getPort();
  }

  private Run strm(Product product, String... words) {
    String[] all = Stream.concat(Stream.of("strm"), Stream.of(words)).toArray(String[]::new);
    String[] command =
        Stream.concat(Stream.of(all), Stream.of(library().toString())).toArray(String[]::new);
    return Product.run(folder, Map.of("BASE_URL", base(product)), command);
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(library())) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
