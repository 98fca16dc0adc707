package streamcache.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.link.BadLink;
import streamcache.link.KeyFile;
import streamcache.link.KeyFileException;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.link.StrmLine;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;

/** What the link and key commands print, run in this process. */
final class LinkCommandTest {

  private static final String URL =
      "http://anna:sesame@h:81/movie/anna/opensesame/12.mkv?token=abc";

  private record Result(int code, String out, String err) {
    String line() {
      return out.strip();
    }
  }

  @TempDir Path folder;
  private LinkReach reach =
      LinkReachTest.reach("films", List.of("192.168.1.5"), List.of("192.168.1.5"));

  @Test
  void link_withoutOptions_isSealed() throws Exception {
    Result result = run("", URL);

    assertThat(result.code()).isZero();
    assertThat(result.line()).matches("http://[^/]+:8080/e/\\w[\\w-]+/12\\.mkv");
    assertThat(result.err()).contains("Created a key for links in " + keyFile());
    assertThat(opened(result.line()).link().source().reveal()).isEqualTo(URL);
    assertThat(opened(result.line()).expires()).isEmpty();
    assertThat(run("", URL)).isEqualTo(new Result(0, result.out(), ""));
  }

  @ParameterizedTest
  @CsvSource({"--signed, SIGNED", "--plain, PLAIN"})
  void link_ofAnotherForm(String option, LinkForm form) throws Exception {
    Result result = run("", URL, option);

    assertThat(opened(result.line()).form()).isEqualTo(form);
    assertThat(opened(result.line()).link().source().reveal()).isEqualTo(URL);
  }

  @Test
  void link_plain_needsNoKey() throws Exception {
    run("", URL, "--plain");

    assertThat(Files.exists(keyFile())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--signed", "--sealed"})
  void link_expires_afterThatTime(String form) throws Exception {
    Instant before = Instant.now();
    String[] options = form.equals("--sealed") ? new String[0] : new String[] {form};
    Result result = run("", URL, with(options, "--expires=7d"));

    Instant expires = opened(result.line()).expires().orElseThrow();
    assertThat(expires).isBetween(before.plusSeconds(604_799), Instant.now().plusSeconds(604_800));
  }

  @Test
  void link_optionsThatContradict_saysSo() throws Exception {
    for (String[] options :
        new String[][] {
          {"--plain", "--signed"},
          {"--plain", "--expires=7d"},
          {"--open", "--signed"},
          {"--open", "--expires=7d"},
          {"--reveal"},
          {"--expires=soon"},
          {"--expires=0"},
        }) {
      Result result = run("", URL, options);
      assertThat(result.code()).as(Arrays.toString(options)).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("streamcache: ").doesNotContain("sesame");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://films.example.org,         https://films.example.org/e/",
    "HTTP://Nas:8080/films/,            http://nas:8080/films/e/",
    "https://[fd00::1]:8443/a/b,        https://[fd00::1]:8443/a/b/e/",
  })
  void link_baseUrl_isWhatPlayersReach(String baseUrl, String start) throws Exception {
    Result result = run(Map.of("BASE_URL", baseUrl), "", URL);

    assertThat(result.line()).startsWith(start);
    assertThat(run("", result.line(), "--open").out()).contains("sealed");
  }

  /** Found by hand: skipped lines shifted every link after them. */
  @Test
  void link_minusSign_printsALineForEachLineAndNamesTheBadOnes() throws Exception {
    Result result = run("http://h/a.mkv\r\n\nftp://hush/b\n  \nhttp://h/c.mkv", "-");

    assertThat(result.code()).isEqualTo(1);
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).contains("/e/").endsWith("/a.mkv");
    assertThat(lines.subList(1, 4)).containsOnly("");
    assertThat(lines.get(4)).contains("/e/").endsWith("/c.mkv");
    assertThat(result.err()).contains("streamcache: line 3: ", "http://").doesNotContain("hush");
    assertThat(result.err().lines().filter(line -> line.contains(": line "))).hasSize(1);
  }

  @Test
  void link_minusSignAndNothingBad_exitsWithZero() throws Exception {
    Result result = run("http://h/a.mkv\n\n", "-", "--plain");

    assertThat(result).extracting(Result::code, Result::err).containsExactly(0, "");
    assertThat(result.out().lines()).hasSize(2);
  }

  @Test
  void open_minusSign_namesTheLineOfABadLink() throws Exception {
    String link = run("", "http://h/a.mkv", "--plain").line();
    Result result = run(link + "\n\n/u/!!\n", "-", "--open");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out().lines()).noneMatch(String::isBlank);
    assertThat(result.err()).contains("line 3: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--plain", "--signed", ""})
  void open_link_isExplainedWithItsSecretsMasked(String form) throws Exception {
    String[] options = form.isEmpty() ? new String[0] : new String[] {form};
    String link = run("", URL + "|Cookie=opensesame", options).line();

    Result masked = run("", link, "--open");
    assertThat(masked.code()).isZero();
    assertThat(masked.out())
        .contains("http://~@h:81/movie/~/~/12.mkv?token=~")
        .contains(form.isEmpty() ? "sealed" : form.substring(2))
        .contains("title    12.mkv [", "cookie: ~", "never")
        .doesNotContain("anna", "sesame", "abc");
    assertThat(masked.out().contains("key      ")).isEqualTo(!form.equals("--plain"));

    Result revealed = run("", link, "--open", "--reveal");
    assertThat(revealed.out()).contains(URL, "cookie: opensesame");
  }

  @Test
  void open_partsOfALink_areFoundAndOthersRefused() throws Exception {
    String link = run("", URL, "--expires=1d").line();
    String path = link.replaceFirst("http://[^/]+", "");
    for (String text : new String[] {link, path, "https://x/films" + path, path + "?a=/u/b"}) {
      assertThat(run("", text, "--open").out()).as(text).contains("h:81", "expires  20");
    }
    assertThat(run("", "http://h/film.mkv", "--open").err()).contains("not a link");
    assertThat(run("", path.substring(0, 30), "--open").err()).contains("truncated");
    assertThat(run("", "/u/!!", "--open").code()).isEqualTo(1);
  }

  @Test
  void open_manyFromInput() throws Exception {
    String link = run("", "http://h/a.mkv").line();

    assertThat(run(link + "\n" + link + "\n", "-", "--open").out().lines()).hasSize(10);
  }

  @Test
  void open_originalOfASidecar_isExplained() throws Exception {
    String link = run("", URL).line();
    String original =
        new streamcache.link.Originals(keys()).seal(opened(link).link()).orElseThrow();

    assertThat(run("", original, "--open").out()).contains("original of a sidecar", "h:81/movie/~");
    assertThat(run("", original + "x", "--open").err()).contains("changed");
  }

  @Test
  void link_nameThatNobodyElseKnows_isPrintedWithAnAdvice() throws Exception {
    reach = LinkReachTest.reach("films", List.of(), List.of("192.168.1.5"));
    Result result = run("", URL, "--plain");
    assertThat(result.code()).isZero();
    assertThat(result.line()).startsWith("http://films:8080/u/");
    assertThat(result.err())
        .startsWith("streamcache: No other machine can use this link: ")
        .contains("BASE_URL to http://192.168.1.5:8080.");
    assertThat(run(Map.of("BASE_URL", "http://nas"), "", URL, "--plain").err()).isEmpty();
    assertThat(run("", result.line(), "--open").err()).doesNotContain("No other machine");
  }

  @Test
  void key_rotated_makesLinksAnewAndReadsTheOld() throws Exception {
    String old = run("", URL).line();

    Result shown = key();
    Result rotated = key("rotate");

    assertThat(shown.out()).contains(keyFile().toString(), "read  links made with ");
    assertThat(rotated.out()).contains("Restart the server");
    assertThat(rotated.out().replaceAll("\\s", "")).matches(".*linksmadewith\\w,\\w(Restart.*)");
    assertThat(opened(old).link().source().reveal()).isEqualTo(URL);
    String fresh = run("", URL).line();
    assertThat(fresh).isNotEqualTo(old);
    assertThat(opened(fresh).link()).isEqualTo(opened(old).link());
    String secret = Files.readString(keyFile()).substring(2, 45);
    assertThat(shown.out() + rotated.out()).doesNotContain(secret);
    assertThat(key("destroy").code()).isEqualTo(2);
  }

  @Test
  void link_keyFileOfNoUse_saysWhy() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(keyFile(), "something else");

    Result result = run("", URL);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(keyFile().toString(), "not a key file");
    assertThat(key().code()).isEqualTo(1);
  }

  @Test
  void link_noPlaceForAKey_saysSoAndPlainOnesGo() throws Exception {
    Files.writeString(folder.resolve("config"), "a file in the way");

    Result sealed = run("", URL);
    assertThat(sealed.code()).isEqualTo(1);
    assertThat(sealed.err()).contains("SECRET_KEY_FILE");
    assertThat(run("", URL, "--plain").code()).isZero();
  }

  private Path keyFile() {
    return folder.resolve("config").resolve("secret.key");
  }

  private streamcache.link.KeyRing keys() throws KeyFileException {
    return new KeyFile(keyFile()).open().orElse(streamcache.link.KeyRing.empty());
  }

  private OpenedLink opened(String line) throws BadLink, KeyFileException {
    return new Links(keys()).open(StrmLine.path(line));
  }

  private Result key(String... words) throws SettingsException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new KeyCommand(settings(Map.of()).link(), new PrintWriter(out), new PrintWriter(err))
            .run(List.of(words));
    return new Result(code, out.toString(), err.toString());
  }

  private Result run(String input, String word, String... options) throws SettingsException {
    return run(Map.of(), input, word, options);
  }

  private Result run(Map<String, String> environment, String input, String word, String... options)
      throws SettingsException {
    Map<String, String> given = new HashMap<>();
    for (String option : options) {
      String[] parts = option.split("=", 2);
      given.put(parts[0], parts.length == 1 ? "true" : parts[1]);
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new LinkCommand(
                settings(environment),
                () -> reach,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err))
            .run(new Invocation("link", List.of(word), Map.of(), given));
    return new Result(code, out.toString(), err.toString());
  }

  private Settings settings(Map<String, String> more) throws SettingsException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("CONFIG_DIR", folder.resolve("config").toString());
    environment.put("CACHE_DIR", folder.resolve("cache").toString());
    environment.put("PORT", "1"); // Nothing listens there.
    return Settings.load(Map.of(), environment);
  }

  private static String[] with(String[] options, String another) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = another;
    return all;
  }
}
