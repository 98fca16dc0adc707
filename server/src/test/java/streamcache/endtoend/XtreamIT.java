package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.StreamLimit;
import streamcache.testkit.process.Run;
import streamcache.testkit.process.ServerProcess;
import streamcache.testkit.xtream.ScriptedPanel;

/** Imports from a panel, by the command and by the server, as processes. */
final class XtreamIT {

  private static final long MIB = 1 << 20;
  private static final Content FILM = Content.of(/* seed= */ 6, 3 * MIB + 11);
  private static final String FILMS =
      """
      [{"stream_id":"1","name":"The One (1999)","category_id":"5","container_extension":"mkv"},
       {"stream_id":2,"name":"Two\\nlines","container_extension":"mp4"},
       {"stream_id":3,"name":"<b>Bold</b>/..","container_extension":null}]\
      """;

  /** What an import asks when nothing has changed: account, and categories and list of each. */
  private static final int FEW = 5;

  @TempDir Path folder;

  private final ScriptedPanel panel = ScriptedPanel.start();
  private Path library = Path.of("");

  @BeforeEach
  void fill() {
    library = folder.resolve("library");
    panel.answer("get_vod_streams", FILMS);
    panel.answer("get_series", series(3));
    panel.answer(
        "get_series_info",
        "{\"episodes\":{\"1\":[{\"id\":\"71\",\"episode_num\":1,\"title\":\"Pilot\"}]}}");
    for (int id = 1; id <= 30; id++) {
      panel.answer(
          "get_series_info " + id,
          "{\"episodes\":{\"1\":[{\"id\":\"%d\",\"episode_num\":\"1\"}]},\"info\":[]}"
              .formatted(1000 + id));
    }
    panel.film("1.mkv", Script.of(FILM));
  }

  @AfterEach
  void close() {
    panel.close();
  }

  private static String series(int count) {
    StringBuilder json = new StringBuilder("[");
    for (int id = 1; id <= count; id++) {
      json.append(
          "{\"series_id\":\"%d\",\"name\":\"Series %d\",\"last_modified\":\"17\"},"
              .formatted(id, id));
    }
    return json.append("]").toString();
  }

  private static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("XTREAM_USER", ScriptedPanel.USER);
    settings.put("XTREAM_PASSWORD", ScriptedPanel.PASSWORD);
    settings.put("IMPORT_PAUSE", "0s");
    settings.put("BASE_URL", "http://cache.example:8080");
    for (int at = 0; at < more.length; at += 2) {
      settings.put(more[at], more[at + 1]);
    }
    return settings;
  }

  private Run run(Map<String, String> settings, String... options) {
    String[] words = {"import", "xtream", panel.url(), library.toString()};
    String[] all = Stream.concat(Stream.of(words), Stream.of(options)).toArray(String[]::new);
    Run run = Product.run(folder, settings, all);
    assertThat(run.out() + run.err()).doesNotContain("Canary").doesNotContain("Exception");
    return run;
  }

  /** The path of each .strm file in the library, and when it was written. */
  private Map<String, FileTime> tree() throws IOException {
    Map<String, FileTime> tree = new HashMap<>();
    try (Stream<Path> files = Files.walk(library)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".strm")).toList()) {
        tree.put(library.relativize(file).toString(), Files.getLastModifiedTime(file));
        assertThat(Files.readString(file)).startsWith("http://cache.example:8080/e/");
      }
    }
    return tree;
  }

  private String link(String start) throws IOException {
    try (Stream<Path> files = Files.walk(library)) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().startsWith(start))
              .filter(each -> each.toString().endsWith(".strm"))
              .findFirst()
              .orElseThrow();
      return Files.readString(file).strip().replaceFirst("http://cache.example:8080", "");
    }
  }

  @Test
  void command_noServer_fillsTheLibrary_andAsksLittleTheNextTime() throws IOException {
    Run first = run(settings());
    assertThat(first.exitCode()).as(first.err()).isZero();
    Map<String, FileTime> tree = tree();
    assertThat(tree.keySet())
        .hasSize(6)
        .anySatisfy(path -> assertThat(path).contains("The One (1999)"))
        .anySatisfy(path -> assertThat(path).contains("Two lines"))
        .anySatisfy(path -> assertThat(path).contains("Series 3").contains("S01E01"));
    int questions = panel.questions();
    assertThat(questions).isEqualTo(FEW + 3);
    Run second = run(settings());
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(panel.questions() - questions).isEqualTo(FEW);
    assertThat(tree()).isEqualTo(tree);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.toString()).doesNotContain("Canary");
        assertThat(Files.readAllBytes(file)).asString().doesNotContain("Canary");
      }
    }
  }

  @Test
  void command_filmOfTheLibrary_plays() throws IOException {
    assertThat(run(settings()).exitCode()).isZero();
    try (Product product = Product.start(folder, Map.of())) {
      RawClient.get(product.address(), link("The One")).check(FILM, 0, FILM.length());
    }
  }

  @Test
  void command_killed_goesOnWhereItWas() throws IOException {
    panel.answer("get_series", series(30));
    Gate never = new Gate();
    panel.answer(
        "get_series_info 20",
        Script.status(
                200, "application/json", "{\"episodes\":{\"1\":[{\"id\":1020,\"episode_num\":1}]}}")
            .onRequest(1, script -> script.headGate(never)));
    try (ServerProcess process =
        ServerProcess.start(
            Product.command("import", "xtream", panel.url(), library.toString()),
            Product.environment(folder, settings()))) {
      panel.origin().awaitRequests("/player_api.php", FEW + 20);
      process.kill9();
    }
    assertThat(panel.requests("get_series_info")).hasSize(20);
    Run next = run(settings());
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(panel.requests("get_series_info")).hasSize(31);
    assertThat(tree()).hasSize(33);
  }

  @Test
  void outage_removesNothing_andACompleteImportDoes() throws IOException {
    assertThat(run(settings()).exitCode()).isZero();
    Map<String, FileTime> tree = tree();
    panel.answer(
        "get_vod_streams", Script.status(200, "application/json", FILMS).cutAfter(150, Cut.FIN));
    Run broken = run(settings(), "--prune");
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err()).contains("incomplete", "Asking again in 16 s");
    assertThat(tree()).isEqualTo(tree);
    panel.answer("get_vod_streams", "[{\"stream_id\":1,\"name\":\"The One (1999)\"}]");
    assertThat(run(settings()).exitCode()).isZero();
    assertThat(tree()).hasSize(6);
    Run pruned = run(settings(), "--prune");
    assertThat(pruned.exitCode()).as(pruned.err()).isZero();
    assertThat(tree()).hasSize(4);
  }

  @Test
  void command_badInput_isASentence_andNothingIsThere() {
    Run inUrl =
        Product.run(
            folder,
            Map.of(),
            "import",
            "xtream",
            panel.url().replace("://", "://joe:Canary7@"),
            library.toString());
    assertThat(inUrl.exitCode()).isEqualTo(2);
    assertThat(inUrl.err()).contains("XTREAM_PASSWORD").doesNotContain("Canary");
    Run without =
        Product.run(folder, Map.of(), "import", "xtream", panel.url(), library.toString());
    assertThat(without.err()).contains("XTREAM_USER");
    assertThat(panel.questions()).isZero();
    panel.answer(ScriptedPanel.ACCOUNT, Script.status(403));
    Run refused = run(settings());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("refuses the user and the password", "403");
    Run foreign = run(settings("XTREAM_PASSWORD", "wrong"));
    assertThat(foreign.err()).contains("does not accept this user and password");
    assertThat(library).doesNotExist();
  }

  @Test
  void command_whileAViewerPlays_waits_andNeverMakesTwoConnections() throws IOException {
    StreamLimit limit = StreamLimit.of(1, 458);
    Gate rest = new Gate();
    panel.film("1.mkv", Script.of(FILM).gate(2 * MIB, rest)).limit(limit);
    try (Product product = Product.start(folder, Map.of())) {
      String film = product.link(panel.origin().url(path("1.mkv")));
      try (CheckedStream play = RawClient.stream(product.address(), film, FILM);
          ServerProcess command =
              ServerProcess.start(
                  Product.command("import", "xtream", panel.url(), library.toString()),
                  Product.environment(folder, settings()))) {
        play.awaitBytes(MIB);
        command.awaitLine(Pattern.compile("Waiting: a player uses the account"));
        assertThat(panel.questions()).isZero();
        rest.open();
        assertThat(play.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        assertThat(command.awaitExit()).as(command.output()).isZero();
      }
      assertThat(tree()).hasSize(6);
      assertThat(limit.refusals()).isZero();
      assertThat(limit.peak()).isEqualTo(1);
    }
  }

  /** The list is longer than what fits into the buffers between panel and command. */
  @Test
  void viewer_duringAnImport_getsTheConnection() throws IOException {
    StreamLimit limit = StreamLimit.of(1, 458);
    Gate rest = new Gate();
    panel.limit(limit);
    panel.answer(
        "get_vod_streams",
        Script.status(200, "application/json", FILMS)
            .onRequest(1, script -> script.gate(60, rest)));
    try (Product product = Product.start(folder, Map.of())) {
      String port = Integer.toString(product.address().getPort());
      String film = product.link(panel.origin().url(path("1.mkv")));
      try (ServerProcess command =
          ServerProcess.start(
              Product.command("import", "xtream", panel.url(), library.toString()),
              Product.environment(folder, settings("PORT", port)))) {
        panel.origin().awaitRequests("/player_api.php", 3);
        RawClient.get(product.address(), film).check(FILM, 0, FILM.length());
        assertThat(command.awaitExit()).as(command.output()).isZero();
      }
      assertThat(panel.requests("get_vod_streams")).hasSize(2);
      assertThat(tree()).hasSize(6);
      assertThat(limit.refusals()).isZero();
      assertThat(limit.peak()).isEqualTo(1);
    }
  }

  @Test
  void limitOfThePanel_reachesTheProfile_throughTheServerAndWithout() {
    panel.account("\"max_connections\":\"3\"");
    try (Product product = Product.start(folder, Map.of())) {
      String port = Integer.toString(product.address().getPort());
      Run run = run(settings("PORT", port));
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(product.process().terminate()).isZero();
    }
    assertThat(Product.run(folder, Map.of(), "providers").out())
        .contains("states a limit of 3 connections");
    panel.account("\"max_connections\":2");
    assertThat(run(settings()).exitCode()).isZero();
    assertThat(Product.run(folder, Map.of(), "providers").out())
        .contains("states a limit of 2 connections");
  }

  /** Without the word of the panel, the second viewer would take the connection of the first. */
  @Test
  void limitOfThePanel_appliesAtOnce() throws IOException {
    panel.account("\"max_connections\":\"2\"");
    Gate rest = new Gate();
    panel.film("1.mkv", Script.of(FILM).gate(2 * MIB, rest));
    panel.film("2.mkv", Script.of(FILM).gate(2 * MIB, rest));
    try (Product product = Product.start(folder, Map.of())) {
      String port = Integer.toString(product.address().getPort());
      assertThat(run(settings("PORT", port)).exitCode()).isZero();
      String one = product.link(panel.origin().url(path("1.mkv")));
      String two = product.link(panel.origin().url(path("2.mkv")));
      try (CheckedStream first = RawClient.stream(product.address(), one, FILM);
          CheckedStream second = RawClient.stream(product.address(), two, FILM)) {
        first.awaitBytes(MIB);
        second.awaitBytes(MIB);
        assertThat(List.of("1.mkv", "2.mkv"))
            .allSatisfy(name ->
                assertThat(panel.origin().requests(path(name)))
                    .singleElement()
                    .extracting(RecordedRequest::end)
                    .isEqualTo(RecordedRequest.End.RUNNING));
        rest.open();
      }
    }
  }

  private static String path(String name) {
    return "/movie/" + ScriptedPanel.USER + "/" + ScriptedPanel.PASSWORD + "/" + name;
  }

  @Test
  void server_withAnImportBlock_keepsTheLibraryInStep() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.write(
        config.resolve("streamcache.conf"),
        List.of(
            "IMPORT_EVERY = 1d",
            "IMPORT_PAUSE = 0s",
            "BASE_URL = http://cache.example:8080",
            "[import home]",
            "URL = " + panel.url(),
            "USER = " + ScriptedPanel.USER,
            "PASSWORD = " + ScriptedPanel.PASSWORD,
            "FOLDER = " + library));
    try (Product product = Product.start(folder, Map.of())) {
      product.process().awaitLine(Pattern.compile("import-done.*home.*true"));
      assertThat(tree()).hasSize(6);
      RawClient.get(product.address(), link("The One")).check(FILM, 0, FILM.length());
      assertThat(product.process().terminate()).isZero();
      assertThat(product.process().output()).doesNotContain("Canary");
    }
    int questions = panel.questions();
    try (Product product = Product.start(folder, Map.of())) {
      assertThat(
              panel
                  .origin()
                  .isRequestedWithin(Duration.ofSeconds(2), "/player_api.php", questions + 1))
          .isFalse();
      assertThat(product.process().isAlive()).isTrue();
    }
    Run told = Product.run(folder, Map.of(), "config");
    assertThat(told.out()).contains("[import home]", "PASSWORD=****").doesNotContain("Canary");
  }

  @Test
  void films_200000_needLittleMemory() throws Exception {
    StringBuilder json = new StringBuilder("[");
    for (int id = 1; id <= 200_000; id++) {
      json.append(
          """
          {"num":%d,"name":"Some film with a longer title %d (2001)","stream_type":"movie",
          "stream_id":%d,"stream_icon":"http://images.example/t/p/w600/abcdefghijklmnop.jpg",
          "rating":"6.1","added":"1700000000","category_id":"17","container_extension":"mkv"},\
          """
              .formatted(id, id, id));
    }
    panel.answer("get_vod_streams", json.append("]").toString());
    List<String> command =
        new ArrayList<>(
            Product.command(
                "import",
                "xtream",
                panel.url(),
                library.toString(),
                "--kind=film",
                "--dry-run",
                "--json"));
    command.replaceAll(word -> word.equals("-Xmx256m") ? "-Xmx128m" : word);
    command.remove("-XX:TieredStopAtLevel=1"); // Long enough for the second compiler.
    Path out = folder.resolve("out");
    ProcessBuilder program =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectErrorStream(true);
    program.environment().putAll(Product.environment(folder, settings()));
    Process process = program.start();
    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(out)).contains("\"written\":200000,");
    assertThat(process.exitValue()).isZero();
  }
}
