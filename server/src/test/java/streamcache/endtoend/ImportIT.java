package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.player.Ffprobe;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;
import streamcache.testkit.player.Tool;
import streamcache.testkit.process.Run;
import streamcache.testkit.process.SmallDisk;

/** Imports in processes of their own: a large one, killed ones, a full disk, and one that plays. */
final class ImportIT {

  private static final int HUGE = 500_000;
  private static final int FILMS = 3_000;

  @TempDir Path folder;

  /** Every tenth entry is a channel. */
  private Path playlist(int entries) throws IOException {
    Path file = folder.resolve("list.m3u");
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      out.write("#EXTM3U\n");
      for (int at = 0; at < entries; at++) {
        boolean isChannel = at % 10 == 0;
        out.write("#EXTINF:-1 tvg-logo=\"http://pictures.example/poster/w600/" + at + ".jpg\"");
        out.write(" group-title=\"Group " + at % 200 + ", all\",Title " + at + "\n");
        out.write("http://panel.example/" + (isChannel ? "" : "movie/") + "anna/opensesame/");
        out.write(at + (isChannel ? "\n" : ".mkv\n"));
      }
    }
    return file;
  }

  private List<String> command(Path playlist, Path library, String... options) {
    List<String> command = new ArrayList<>(Product.command("import", "m3u"));
    command.addAll(List.of(playlist.toString(), library.toString(), "--json"));
    command.addAll(List.of(options));
    return command;
  }

  private ProcessBuilder process(List<String> command) {
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().putAll(Product.environment(folder, Map.of()));
    return process;
  }

  private Run run(Path playlist, Path library, String... options) {
    return Run.of(process(command(playlist, library, options)));
  }

  private static List<Path> links(Path library) throws IOException {
    try (Stream<Path> files = Files.walk(library)) {
      return files.filter(file -> file.toString().endsWith(".strm")).toList();
    }
  }

  /** Only compares: writing so many files would measure the disk. */
  @Test
  void import_halfAMillionEntries_fitsInto128Mebibytes() throws Exception {
    List<String> command = command(playlist(HUGE), folder.resolve("library"), "--dry-run");
    command.replaceAll(word -> word.equals("-Xmx256m") ? "-Xmx128m" : word);
    command.remove("-XX:TieredStopAtLevel=1"); // Long enough for the second compiler.
    Path out = folder.resolve("out");
    Process process =
        process(command).redirectOutput(out.toFile()).redirectErrorStream(true).start();

    assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(out))
        .contains("\"written\":450000,", "\"channels\":50000,", "\"failed\":0,");
    assertThat(process.exitValue()).isZero();
  }

  /** SIGKILL at some moment of three imports; the fourth completes the library. */
  @Test
  void kill_inMidImport_losesNothing_andTheNextGoesOn() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("ImportIT seed " + seed);
    Random random = new Random(seed);
    Path list = playlist(FILMS);
    Path library = folder.resolve("library");
    for (int round = 1; round <= 3; round++) {
      Process process = process(command(list, library)).redirectErrorStream(true).start();
      awaitLinks(process, library, random.nextInt(FILMS / 4) + (round - 1) * FILMS / 4);
      process.destroyForcibly().waitFor();
    }
    assertThat(run(list, library).exitCode()).as("seed %d", seed).isZero();

    List<Path> links = links(library);
    assertThat(links).as("seed %d", seed).hasSize(FILMS - FILMS / 10);
    for (Path link : links) {
      assertThat(Files.readString(link)).as("seed %d", seed).matches("http://\\S+/e/\\S+\\.mkv\n");
    }
    assertThat(Files.readAllLines(library.resolve("Live.m3u"))).hasSize(2 + 2 * (FILMS / 10));
    assertThat(run(list, library).out()).contains("\"written\":0,");
  }

  private static void awaitLinks(Process process, Path library, int count) throws IOException {
    Path index = library.resolve(".streamcache-library");
    while (process.isAlive()) {
      if (Files.exists(index) && Files.size(index) > count * 60L) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void import_fullDisk_keepsWhatIsThere_andGoesOnWhenThereIsSpace() throws Exception {
    assumeTrue(SmallDisk.isPossible(), SmallDisk.IMPOSSIBLE);
    Path list = playlist(FILMS);
    try (SmallDisk disk = SmallDisk.mount(64)) {
      Path library = disk.folder().resolve("library");
      assertThat(run(list, library, "--match=Title 1*").exitCode()).isZero();
      int before = links(library).size();
      disk.fillUpTo(100_000);

      Run full = run(list, library);
      assertThat(full.exitCode()).isEqualTo(1);
      assertThat(full.err()).contains("No space left on device");
      assertThat(links(library).size()).isGreaterThanOrEqualTo(before);
      for (Path link : links(library)) {
        assertThat(Files.readString(link)).matches("http://\\S+/e/\\S+\\.mkv\n");
      }
      disk.free();
      assertThat(run(list, library).exitCode()).isZero();
      assertThat(links(library)).hasSize(FILMS - FILMS / 10);
    }
  }

  @Test
  void import_folderWithoutRights_saysSo_andExitsWithTwo() throws Exception {
    assumeTrue(SmallDisk.isPossible(), SmallDisk.IMPOSSIBLE);
    try (SmallDisk disk = SmallDisk.mount(4)) {
      disk.makeReadOnly();
      Run run = run(playlist(10), disk.folder().resolve("library"));

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("cannot be used: Read-only file system.");
    }
  }

  @Test
  void import_playlistOfAServer_playsThroughTheServer() throws Exception {
    assumeTrue(Tool.FFMPEG.isPresent(), Tool.FFMPEG::missing);
    Path film = Films.ofBuild().film(Container.MKV);
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve("/film.mkv", Script.of(Content.ofFile(film)).type("video/x-matroska"));
        Product product = Product.start(folder, Map.of())) {
      String text = "#EXTM3U\n#EXTINF:-1,Film (2001)\n" + origin.url("/film.mkv") + "\n";
      Path list = Files.writeString(folder.resolve("list.m3u"), text);
      Path library = folder.resolve("library");
      String base = "http://127.0.0.1:" + product.address().getPort();
      assertThat(run(list, library, "--base-url=" + base).exitCode()).isZero();

      String link = Files.readString(library.resolve("Movies/Film (2001)/Film (2001).strm"));
      assertThat(link).startsWith(base + "/e/").endsWith(".mkv\n");
      Ffprobe.jellyfin(link.strip()).expectGood();
      assertThat(Ffprobe.duration(link.strip()).out()).contains("120");
    }
  }

  @Test
  void import_url_fetchesThePlaylistOnce() throws Exception {
    byte[] text = "#EXTM3U\n#EXTINF:-1,Film (2001)\nhttp://h/opensesame/a.mkv\n".getBytes(UTF_8);
    try (ScriptedOrigin origin =
        ScriptedOrigin.start()
            .serve("/get.php", Script.of(Content.ofBytes(text)))
            .serve("/gone", Script.status(403))) {
      Path library = folder.resolve("library");
      ProcessBuilder process =
          process(Product.command("import", "m3u", library.toString(), "--json"));
      process
          .environment()
          .put("STREAMCACHE_IMPORT_URL", origin.url("/get.php?password=opensesame"));
      Run run = Run.of(process);

      assertThat(run.exitCode()).as("%s", run).isZero();
      assertThat(run.out()).contains("\"written\":1,");
      assertThat(origin.requests("/get.php")).hasSize(1);
      Run denied = Run.of(process(Product.command("import", "m3u", origin.url("/gone"), "x")));
      assertThat(denied.exitCode()).isEqualTo(2);
      assertThat(denied.err()).contains("cannot be fetched").doesNotContain("sesame");
    }
  }
}
