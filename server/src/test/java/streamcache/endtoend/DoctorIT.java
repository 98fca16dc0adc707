package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;

/** The doctor command beside a running server, each in a process. */
final class DoctorIT {

  private static final int MIB = 1 << 20;
  private static final Content FILM = Content.of(/* seed= */ 17, 20L * MIB);

  /** Of one connection, as an account of a panel has. */
  private static final String PANEL = "/movie/joe/password7/";

  /** Nothing answers there, and the command has a configuration folder of its own. */
  private static final Map<String, String> OTHER = Map.of("PORT", "1");

  @TempDir Path folder;

  private Product start(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("CONFIG_DIR", folder.resolve("service").toString());
    return Product.start(folder, settings);
  }

  private Run doctor(String... words) {
    String[] command = new String[words.length + 1];
    command[0] = "doctor";
    System.arraycopy(words, 0, command, 1, words.length);
    return Product.run(folder, OTHER, command);
  }

  /** The settings are in the environment of the server, which the command does not see. */
  @Test
  void doctor_serverRuns_examinesThatServerAndItsSettings() throws IOException {
    Path library = Files.createDirectory(folder.resolve("library"));
    Map<String, String> settings =
        Map.of("STRM_WRAP", library.toString(), "CACHE_MIN_FREE_BYTES", "1024TiB");
    try (Product product = start(settings)) {
      Run run = doctor();
      assertThat(run.out())
          .contains(
              "OK    server: port " + product.address().getPort() + " at 127.0.0.1 answers",
              "OK    version: ",
              "OK    folder: " + folder.resolve("cache") + " is in use by the running server",
              "OK    keys: " + folder.resolve("service").resolve("secret.key"),
              "OK    library: " + library + " is writable",
              "less than CACHE_MIN_FREE_BYTES",
              "Problems: 1");
      assertThat(run.exitCode()).isEqualTo(1);
      Files.writeString(
          folder.resolve("service").resolve("streamcache.conf"), "PLACE_WAIT_MAX = 5s\n");
      assertThat(doctor().out())
          .contains("streamcache.conf was changed after the start: PLACE_WAIT_MAX; restart");
    }
    assertThat(folder.resolve("config")).doesNotExist();
  }

  /** Before, the command asked the provider beside the server, and the account had two. */
  @Test
  void doctorLink_serverRuns_asksThroughIt_withinTheLimitOfTheAccount() throws IOException {
    Gate gate = new Gate();
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve(PANEL + "1.mkv", Script.of(FILM).gate(MIB, gate))
                .serve(PANEL + "2.mkv", Script.of(FILM))
                .serve(PANEL + "3.mkv", Script.status(404));
        Product product = start(Map.of())) {
      String link = product.link(origin.url(PANEL + "1.mkv"));
      try (CheckedStream player = RawClient.stream(product.address(), link, FILM)) {
        player.awaitBytes(MIB);
        Run busy = doctor(origin.url(PANEL + "2.mkv"));
        assertThat(busy.out()).contains("NOTE  provider: not asked, since a player uses the");
        assertThat(busy.exitCode()).as(busy.out()).isZero();
        assertThat(origin.requests(PANEL + "2.mkv")).isEmpty();
        gate.open();
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
      Run free = doctor(product.url(origin.url(PANEL + "2.mkv"), "Film.mkv"));
      assertThat(free.out())
          .contains("OK    provider: 127.0.0.1", "length " + FILM.length(), "ranges work")
          .doesNotContain("password7", "joe");
      assertThat(origin.requests(PANEL + "2.mkv"))
          .extracting(RecordedRequest::range)
          .containsExactly(Optional.of("bytes=0-0"));
      Run gone = doctor(origin.url(PANEL + "3.mkv"));
      assertThat(gone.out())
          .contains("(status 404): The provider no longer has this title. It was removed");
      assertThat(gone.exitCode()).isEqualTo(1);
      assertThat(origin.requests(PANEL + "3.mkv")).hasSize(1);
      assertThat(doctor().out()).doesNotContain("provider");
      assertThat(origin.peakConnections()).isEqualTo(1);
      assertThat(origin.peakExchanges()).isEqualTo(1);
    }
  }

  /** With leave, and without any film or account of theirs. */
  @Test
  void askProviders_asksTheHomePageOfEachOnce() throws IOException {
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve(PANEL + "1.mkv", Script.of(FILM))
                .serve("/", Script.status(403));
        Product product = start(Map.of())) {
      assertThat(doctor("--ask-providers").out()).contains("nothing was played so far");
      RawClient.get(product.address(), product.link(origin.url(PANEL + "1.mkv")))
          .check(FILM, 0, FILM.length());
      assertThat(origin.requests("/")).isEmpty();
      Run run = doctor("--ask-providers");
      assertThat(run.out()).containsPattern("OK    provider: 127\\.0\\.0\\.1\\S* answers, after");
      assertThat(origin.requests("/")).hasSize(1);
      assertThat(origin.requests(PANEL + "1.mkv")).hasSize(1);
    }
  }

  @Test
  void report_isOneTextWithoutSecrets() throws IOException {
    Map<String, String> settings =
        Map.of(
            "WEBHOOK_SECRET", "canary-secret",
            "ADMIN_TOKEN", "canary-token-of-the-operator",
            "PLACE_WAIT_MAX", "7s");
    Files.createDirectory(folder.resolve("service"));
    Files.writeString(
        folder.resolve("service").resolve("streamcache.conf"),
        "[provider panel.example]\nHEADER = X-Key: canary-header\nMAX_CONNECTIONS = 2\n");
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve(PANEL + "1.mkv", Script.of(FILM));
        Product product = start(settings)) {
      Map<String, String> own = new HashMap<>(OTHER);
      own.put("ADMIN_TOKEN", "canary-token-of-the-operator");
      String url = origin.url(PANEL + "1.mkv?token=canary-query");
      Run run = Product.run(folder, own, "doctor", "--report", url);
      assertThat(run.out().lines()).startsWith("```").endsWith("```");
      assertThat(run.out())
          .contains(
              "Streamcache 1.0",
              "Java 25",
              "  PLACE_WAIT_MAX=7s  # the environment",
              "  [provider panel.example]",
              "  MAX_CONNECTIONS=2",
              "OK    server: ",
              "OK    provider: 127.0.0.1")
          .doesNotContain("canary", "joe", "password7");
      assertThat(product.process().isAlive()).isTrue();
    }
  }

  /** Each of them asked with a link that had expired, which the log called a rejected request. */
  @Test
  void commands_leaveNoWarningInTheLogOfTheServer() throws IOException {
    Path library = Files.createDirectory(folder.resolve("library"));
    Files.writeString(library.resolve("a.strm"), "http://h.example/a.mkv");
    try (Product product = start(Map.of("LOG_VERBOSE", "1"))) {
      for (String[] command :
          new String[][] {
            {"link", "http://h.example/film.mkv"},
            {"strm", "wrap", library.toString(), "--yes"},
            {"strm", "check", library.toString()},
            {"doctor"},
            {"status"},
            {"titles"},
            {"key"},
            {"health"}
          }) {
        Run run = Product.run(folder, OTHER, command);
        assertThat(run.exitCode()).as(String.join(" ", command) + run.err()).isZero();
      }
      product.process().terminate();
      assertThat(product.process().lines())
          .noneMatch(line -> line.contains("WARN") || line.contains("rejected"));
    }
  }

  /** Another server has the port; it was taken for the one of this cache folder. */
  @Test
  void doctor_serverOfAnotherFolder_isNotTakenForOurs() {
    try (Product product = Product.start(folder.resolve("other"), Map.of())) {
      String port = Integer.toString(product.address().getPort());
      assertThat(Product.run(folder, Map.of("PORT", port), "doctor").out())
          .contains("FIX   port: port " + port, "is that of a server with another cache folder");
    }
  }
}
