package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class StrmCommandTest {

  private static final String URL = "http://panel.example/movie/user/secret/17.mkv";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path temp;
  private Path library = Path.of("");
  private Path film = Path.of("");

  @BeforeEach
  void write() throws IOException {
    library = Files.createDirectories(temp.resolve("library/Films")).getParent();
    film = Files.writeString(library.resolve("Films/Heat (1995).strm"), URL + "\n");
    Files.writeString(library.resolve("live.strm"), "http://h/live/u/p/1.ts");
  }

  @Test
  void wrap_withoutYes_writesNothingAndSaysWhatWouldChange() throws IOException {
    assertThat(run("wrap")).isZero();
    assertThat(out.toString())
        .contains("1  wrap    film at panel.example", "Films/Heat (1995).strm")
        .contains("1  leave   a live channel; --live includes them")
        .contains("Nothing was written. To change 1 file, run the command again with --yes.")
        .doesNotContain("secret");
    assertThat(film).hasContent(URL + "\n");
    assertThat(temp.resolve("conf/secret.key")).doesNotExist();
  }

  @Test
  void wrap_withYes_writesLinksAndUnwrapRestoresThem() throws IOException {
    assertThat(run("wrap", "--yes")).isZero();
    assertThat(out.toString()).contains("1 file changed.");
    assertThat(Files.readString(film)).startsWith("http://cache:1/e/").endsWith(".mkv\n");
    assertThat(run("check")).isZero();
    assertThat(out.toString()).contains("All links are valid; no provider was asked.");
    assertThat(run("list")).isZero();
    assertThat(out.toString()).contains("link   panel.example", "(at http://cache:1)");
    assertThat(run("unwrap", "--yes")).isZero();
    assertThat(film).hasContent(URL + "\n");
  }

  @Test
  void wrap_json_isOneObjectAFile() {
    assertThat(run("wrap", "--json", "--live")).isZero();
    List<JsonNode> files = out.toString().lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(files)
        .extracting(file -> file.get("action").asString())
        .containsExactly("wrap", "wrap");
    assertThat(files)
        .anySatisfy(file -> {
          assertThat(file.get("file").asString()).isEqualTo("Films/Heat (1995).strm");
          assertThat(file.get("host").asString()).isEqualTo("panel.example");
        });
    assertThat(out.toString()).doesNotContain("secret");
  }

  @Test
  void wrap_match_selectsByHostAndPath() throws IOException {
    Files.writeString(library.resolve("other.strm"), "http://other.example/a.mkv");
    assertThat(run("wrap", "--match", "other.example, x.example", "--yes")).isZero();
    assertThat(film).hasContent(URL + "\n");
    assertThat(Files.readString(library.resolve("other.strm"))).startsWith("http://cache:1/e/");
  }

  @Test
  void check_linkOfAnotherKey_hasExitCode1() throws IOException {
    run("wrap", "--yes");
    Files.delete(temp.resolve("conf/secret.key"));
    assertThat(run("check")).isEqualTo(1);
    assertThat(out.toString()).contains("FAULT", "1 file needs attention.");
  }

  @Test
  void folderThatIsMissing_hasExitCode2AndASentence() {
    assertThat(command("wrap", library.toString(), temp.resolve("none").toString(), "--yes"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("There is no folder", "none");
    assertThat(film).hasContent(URL + "\n");
  }

  @Test
  void optionsThatExcludeEachOther_haveExitCode2() {
    assertThat(run("wrap", "--plain", "--signed")).isEqualTo(2);
    assertThat(run("wrap", "--plain", "--expires", "1d")).isEqualTo(2);
    assertThat(run("wrap", "--expires", "soon")).isEqualTo(2);
    assertThat(run("mend")).isEqualTo(2);
    assertThat(err.toString())
        .contains("either plain or signed", "cannot expire", "--expires takes", "'mend' is none");
  }

  /** A name could otherwise forge a line of the table. */
  @Test
  void wrap_nameWithALineEnd_isOneLine() throws IOException {
    Files.move(film, film.resolveSibling("a\nb.strm"));
    run("wrap");
    assertThat(out.toString()).contains("a?b.strm");
  }

  private int run(String action, String... options) {
    String[] words = new String[options.length + 2];
    words[0] = action;
    words[1] = library.toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return command(words);
  }

  private int command(String... words) {
    out.getBuffer().setLength(0);
    Map<String, String> environment =
        Map.of(
            "CONFIG_DIR",
            temp.resolve("conf").toString(),
            "CACHE_DIR",
            temp.resolve("cache").toString(),
            "BASE_URL",
            "http://cache:1",
            // No server answers there.
            "PORT",
            "0");
    Settings settings;
    try {
      settings = Settings.load(Map.of(), environment);
    } catch (SettingsException e) {
      throw new AssertionError(e);
    }
    return new StrmCommand(
            settings, new PrintWriter(out), new PrintWriter(err), /* isTerminal= */ false)
        .run(invocation(words));
  }

  private static Invocation invocation(String... words) {
    Map<String, String> options = new HashMap<>();
    List<String> plain = new ArrayList<>();
    for (int at = 0; at < words.length; at++) {
      boolean takesValue = List.of("--match", "--exclude", "--expires").contains(words[at]);
      if (takesValue) {
        options.put(words[at], words[++at]);
      } else if (words[at].startsWith("--")) {
        options.put(words[at], "true");
      } else {
        plain.add(words[at]);
      }
    }
    return new Invocation("strm", plain, Map.of(), options);
  }
}
