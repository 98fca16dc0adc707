package streamcache.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;

/** What the import command does and says, run in this process. */
final class ImportCommandTest {

  private static final String PLAYLIST =
      """
      #EXTM3U
      #EXTINF:-1 group-title="EN | Films",Alien (1979)
      http://panel.example:8080/movie/anna/opensesame/1.mkv
      #EXTINF:-1 group-title="DE | Filme",Das Boot (1981)
      http://panel.example:8080/movie/anna/opensesame/2.mkv
      #EXTINF:-1 group-title="EN | Series",Show S01E02
      http://panel.example:8080/series/anna/opensesame/3.mkv
      #EXTINF:-1 group-title="EN | News",News
      http://panel.example:8080/anna/opensesame/4
      """;

  private record Ended(int code, String out, String err) {}

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private Ended run(String in, String... words) throws SettingsException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> options = new HashMap<>();
    for (String word : words) {
      if (word.startsWith("--")) {
        int equals = word.indexOf('=');
        options.put(
            equals < 0 ? word : word.substring(0, equals),
            equals < 0 ? "true" : word.substring(equals + 1));
      }
    }
    List<String> positional = Arrays.stream(words).filter(word -> !word.startsWith("--")).toList();
    Settings settings =
        Settings.load(
            Map.of(),
            Map.of(
                "CACHE_DIR", folder.resolve("cache").toString(),
                "CONFIG_DIR", folder.resolve("config").toString()));
    int code =
        new ImportCommand(
                settings,
                environment,
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err, /* autoFlush= */ true),
                /* isTerminal= */ false)
            .run(new Invocation("import", positional, Map.of(), options));
    return new Ended(code, out.toString(), err.toString());
  }

  private String library() {
    return folder.resolve("library").toString();
  }

  private Path film(String name) {
    return folder.resolve("library/Movies/" + name + "/" + name + ".strm");
  }

  @Test
  void import_standardInput_fillsTheFolder() throws Exception {
    Ended ended = run(PLAYLIST, "m3u", "-", library());

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).containsPattern("written +3\n").containsPattern("channels +1\n");
    assertThat(film("Alien (1979)")).exists();
    assertThat(Files.readString(film("Alien (1979)"))).contains("/e/").doesNotContain("sesame");
    assertThat(folder.resolve("library/Live.m3u")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "--group=EN*,              2, 1",
    "'--group=de*,*series',    2, 0",
    "--match=alien,            1, 0",
    "--kind=live,              0, 1",
    "'--kind=film,series',     3, 0",
  })
  void import_selection_leavesOutTheRest(String option, int written, int channels)
      throws Exception {
    Ended ended = run(PLAYLIST, "m3u", "-", library(), option, "--json");

    assertThat(ended.out())
        .contains("\"written\":" + written + ",", "\"channels\":" + channels + ",")
        .contains("\"not_selected\":" + (4 - written - channels));
  }

  @Test
  void import_dryRun_changesNothing() throws Exception {
    Ended ended = run(PLAYLIST, "m3u", "-", library(), "--dry-run");

    assertThat(ended.out()).contains("Nothing was changed").containsPattern("written +3\n");
    assertThat(folder.resolve("library")).doesNotExist();
  }

  @Test
  void import_someEntriesBad_exitsWithOne_andHidesTheUrl() throws Exception {
    Ended ended =
        run(
            PLAYLIST + "#EXTINF:0 tvg-type=\"movie\",http://h/opensesame\nrtsp://h/opensesame\n",
            "m3u",
            "-",
            library());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).containsPattern("failed +1\n");
    assertThat(ended.err()).doesNotContain("sesame");
  }

  @ParameterizedTest
  @CsvSource({
    "<html>login,                         web page",
    "{},                                  JSON",
    "'',                                  empty",
  })
  void import_noPlaylist_exitsWithTwo_andChangesNothing(String text, String what) throws Exception {
    Ended ended = run(text, "m3u", "-", library());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains(what);
    assertThat(ended.out()).isEmpty();
    assertThat(folder.resolve("library")).doesNotExist();
  }

  @Test
  void import_wrongWords_saysHowToWriteThem() throws Exception {
    for (List<String> words :
        List.of(
            List.of("m3u"),
            List.of("m3u", library()),
            List.of("csv", "-", library()),
            List.of("m3u", "-", library(), "--kind=music"),
            List.of("m3u", "-", library(), "--for=vlc"),
            List.of("m3u", "-", library(), "--plain", "--signed"),
            List.of("m3u", "-", library(), "--plain", "--expires=7d"),
            List.of("m3u", folder + "/none.m3u", library()),
            List.of("m3u", folder.toString(), library()))) {
      Ended ended = run(PLAYLIST, words.toArray(String[]::new));

      assertThat(ended.code()).as("%s", words).isEqualTo(2);
      assertThat(ended.err()).as("%s", words).contains("streamcache: ").endsWith(".\n");
      assertThat(folder.resolve("library")).doesNotExist();
    }
  }

  @Test
  void import_packedFileCutOff_exitsWithOne_andRemovesNothing() throws Exception {
    run(PLAYLIST, "m3u", "-", library());
    Path packed = Files.write(folder.resolve("cut.gz"), cutGzip());

    Ended ended = run("", "m3u", packed.toString(), library(), "--prune-all", "--match=none");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("cut off");
    assertThat(ended.out()).containsPattern("removed +0\n");
    assertThat(film("Das Boot (1981)")).exists();
  }

  private static byte[] cutGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("#EXTM3U\n".getBytes(UTF_8));
      Random random = new Random(1);
      for (int at = 0; at < 20_000; at++) {
        out.write(
            ("#EXTINF:-1,Alien (1979)\nhttp://h/" + random.nextLong() + ".mkv\n").getBytes(UTF_8));
      }
    }
    return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9);
  }
}
