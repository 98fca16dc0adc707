package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.process.Run;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands as a person or a container runs them, each in a process of its own. */
final class CommandIT {

  private static final Content FILM = Content.of(11, 2_000_000);

  @TempDir Path folder;

  @Test
  void serve_started_tellsWhereItIsAndHowToMakeALink() throws IOException {
    try (Product product = Product.start(folder, Map.of())) {
      product.process().awaitLine(Pattern.compile("Make a link: "));
      assertThat(product.process().output())
          .contains("Cache: " + folder.resolve("cache"))
          .contains("4.3 GB");
      assertThat(RawClient.get(product.address(), "/").status()).isEqualTo(200);
    }
  }

  @Test
  void serve_logInJson_isOneFlatObjectALine() throws IOException {
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve("/film.mkv", Script.of(FILM))
                .serve("/gone.mkv", Script.status(404));
        Product product = Product.start(folder, Map.of("LOG_FORMAT", "json"))) {
      product.process().awaitLine(Pattern.compile("Make a link: "));
      RawClient.get(product.address(), product.link(origin.url("/film.mkv")))
          .check(FILM, 0, FILM.length());
      RawClient.get(product.address(), product.link(origin.url("/gone.mkv")));
      product.process().terminate();
      List<JsonNode> events =
          product.process().lines().stream()
              .map(line -> JsonMapper.shared().readTree(line))
              .toList();
      assertThat(events)
          .hasSizeGreaterThan(7)
          .allMatch(
              event -> event.isObject() && event.valueStream().noneMatch(JsonNode::isContainer));
      assertThat(events)
          .flatExtracting(event -> List.copyOf(event.propertyNames()))
          .contains("time", "level", "logger", "message", "request", "account", "client")
          .doesNotContain("kvpList", "birthdate", "sequenceNumber", "nanoseconds");
      assertThat(events)
          .filteredOn(event -> event.get("message").asString().equals("playback"))
          .extracting(event -> event.get("status").asInt())
          .containsExactly(404);
      assertThat(events)
          .filteredOn(event -> event.get("message").asString().equals("play"))
          .singleElement()
          .returns(FILM.length(), event -> event.get("bytes").asLong());
      assertThat(events)
          .extracting(event -> event.get("message").asString())
          .contains("Make a link: streamcache link URL");
    }
  }

  @Test
  void serve_startedByAScript_namesThatInItsHint() {
    try (Product product = Product.start(folder, Map.of("STREAMCACHE_COMMAND", "./streamcache"))) {
      product.process().awaitLine(Pattern.compile("Make a link: ./streamcache link URL"));
      assertThat(product.process().output()).doesNotContain("STREAMCACHE_COMMAND");
    }
  }

  @Test
  void errorPage_hasTheTimeOfTheServersZone() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve("/gone.mkv", Script.status(404));
        Product product = Product.start(folder, Map.of("TZ", "Asia/Kolkata"))) {
      String page =
          RawClient.get(
                  product.address(), product.link(origin.url("/gone.mkv")), "Accept: text/html")
              .text();
      assertThat(page).contains(" +05:30").doesNotContain("UTC");
    }
  }

  @Test
  void health_isAnsweredAtBothNames() throws IOException {
    try (Product product = Product.start(folder, Map.of())) {
      assertThat(RawClient.get(product.address(), "/health").text()).isEqualTo("ok\n");
      assertThat(RawClient.get(product.address(), "/healthz").text()).isEqualTo("ok\n");
    }
  }

  @Test
  void flag_misspelt_isSuggested() {
    Run run = Product.run(folder, Map.of(), "serve", "--prot=8081");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--prot", "Did you mean --port?");
  }

  @Test
  void serve_wrongSettings_saysEachInASentenceAndDoesNotStart() {
    Run run =
        Product.run(
            folder, Map.of("CACHE_MAX_BYTES", "many", "PORT", "99999", "EVICTION", "no"), "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("CACHE_MAX_BYTES").contains("PORT").contains("EVICTION");
  }

  @Test
  void serve_badBlock_saysSoAndDoesNotStart() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config")).resolve("streamcache.conf");
    Files.writeString(config, "[provider x.org]\nAGNET = y\n");
    Run run = Product.run(folder, Map.of(), "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(config + ":2", "did you mean AGENT?");
  }

  @Test
  void providers_afterAPlay_tellsWhatAppliesAndWhatWasLearned() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config")).resolve("streamcache.conf");
    Files.writeString(config, "[provider 127.0.0.1]\nAGENT = Seen/1\n");
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM))) {
      try (Product product = Product.start(folder, Map.of())) {
        RawClient.get(product.address(), product.link(origin.url("/film.mkv")))
            .check(FILM, 0, FILM.length());
        product.process().terminate();
      }
      Run run = Product.run(folder, Map.of(), "providers");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains(
              "127.0.0.1:" + origin.port() + "\n",
              "AGENT = Seen/1   # [provider 127.0.0.1] at " + config + ":1",
              "learned  supports ranges");
    }
  }

  @Test
  void serve_portTaken_saysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          Product.run(folder, Map.of("PORT", Integer.toString(taken.getLocalPort())), "serve");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("cannot listen on port " + taken.getLocalPort());
    }
  }

  /** Found by hand: the error blamed a port in use, and the doctor checked another address. */
  @Test
  void bind_isWhatIsTried() {
    Map<String, String> elsewhere = Map.of("BIND", "192.0.2.1", "PORT", "4711");
    Run run = Product.run(folder, elsewhere, "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("set BIND to one of its own");
    assertThat(Product.run(folder, elsewhere, "doctor").out())
        .contains("FIX   port: cannot listen on port 4711 at 192.0.2.1");

    Pattern listens = Pattern.compile("listens on http://\\S+:(\\d+)/");
    try (Product product = Product.start(folder, Map.of("BIND", "127.0.0.2"), listens)) {
      String port = Integer.toString(product.address().getPort());
      Run doctor = Product.run(folder, Map.of("BIND", "127.0.0.2", "PORT", port), "doctor");
      assertThat(doctor.out())
          .contains(
              "port " + port + " at 127.0.0.2 answers", "free on the disk", "No problem found.");
    }
  }

  @Test
  void serve_fileOfTheSettingsMissing_saysWhich() {
    Run run = Product.run(folder, Map.of("ERROR_VIDEO_FILE", "/no/such.mp4"), "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("/no/such.mp4");
  }

  @Test
  void serve_folderInUse_saysSo() {
    try (Product product = Product.start(folder, Map.of())) {
      Run run = Product.run(folder, Map.of(), "serve");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains(folder.resolve("cache").toString());
      assertThat(product.process().isAlive()).isTrue();
    }
  }

  @Test
  void serve_fileInThePlaceOfTheFolder_saysSo() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    Run run = Product.run(folder, Map.of(), "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("cannot be created or written");
  }

  @Test
  void serve_storeOfANewerFormat_isLeftAlone() throws IOException {
    Product.start(folder, Map.of()).close();
    Path store = folder.resolve("cache").resolve("STORE");
    String newer = Files.readString(store).replaceFirst("\"format\"\\s*:\\s*\\d+", "\"format\":99");
    Files.writeString(store, newer);
    Run run = Product.run(folder, Map.of(), "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("newer");
    assertThat(Files.readString(store)).isEqualTo(newer);
  }

  @Test
  void serve_keyFileOfNoUse_saysSoAndDoesNotStart() throws IOException {
    Path keys = Files.createDirectories(folder.resolve("config")).resolve("secret.key");
    Files.writeString(keys, "-----BEGIN CERTIFICATE-----");
    Run run = Product.run(folder, Map.of(), "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(keys.toString(), "not a key file");
  }

  @Test
  void serve_noPlaceForKeys_playsPlainLinks() throws IOException {
    Files.writeString(folder.resolve("config"), "a file in the way");
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM));
        Product product = Product.start(folder, Map.of())) {
      String link = product.link(origin.url("/film.mkv"));
      RawClient.get(product.address(), link).check(FILM, 0, FILM.length());
      product.process().awaitLine(Pattern.compile("only plain links"));
    }
  }

  @Test
  void terminate_whilePlaying_letsThePlayerFinishAndExitsWithZero() throws Exception {
    Gate gate = new Gate();
    try (ScriptedOrigin origin =
            ScriptedOrigin.start().serve("/film.mkv", Script.of(FILM).gate(1_000_000, gate));
        Product product = Product.start(folder, Map.of("DRAIN_WITHIN", "20s"))) {
      String link = product.link(origin.url("/film.mkv"));
      CheckedStream player = RawClient.stream(product.address(), link, FILM).awaitBytes(900_000);
      CompletableFuture<Integer> exit =
          CompletableFuture.supplyAsync(() -> product.process().terminate());
      product.process().awaitLine(Pattern.compile("stopping"));
      gate.open();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(player.bytes()).isEqualTo(FILM.length());
      assertThat(exit.get()).isZero();
      player.close();
    }
  }

  @Test
  void config_printsWhatIsInForce() {
    Run run = Product.run(folder, Map.of("RANGE_TEE_THRESHOLD", "7MiB"), "config");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("RANGE_TEE_THRESHOLD").contains("7MiB").contains("EVICTION");
  }

  @Test
  void doctor_goodLinkAndDeadLink_saysWhatToDo() {
    try (ScriptedOrigin origin =
        ScriptedOrigin.start()
            .serve("/film.mkv", Script.of(FILM))
            .serve("/gone.mkv", Script.status(404))) {
      Run good = Product.run(folder, Map.of(), "doctor", origin.url("/film.mkv"));
      assertThat(good.out())
          .contains("file system")
          .contains("length 2000000")
          .contains("No problem found.");
      assertThat(good.exitCode()).isZero();
      Run dead = Product.run(folder, Map.of(), "doctor", origin.url("/gone.mkv"));
      assertThat(dead.out()).contains("FIX   provider").contains("no longer has this title");
      assertThat(dead.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void link_printed_playsAndBadOnesAreRefused() throws IOException {
    try (ScriptedOrigin origin = ScriptedOrigin.start().serve("/a film.mkv", Script.of(FILM));
        Product product = Product.start(folder, Map.of())) {
      origin.serve("/a%20film.mkv", Script.of(FILM));
      Run run = Product.run(folder, Map.of(), "link", origin.url("/a film.mkv"));
      assertThat(run.exitCode()).isZero();
      String target = run.out().strip().replaceFirst("http://[^/]+", "");
      assertThat(target).endsWith("/a%20film.mkv");
      RawClient.get(product.address(), target).check(FILM, 0, FILM.length());
    }
    Run none = Product.run(folder, Map.of(), "link");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("Missing required parameter").doesNotContain("Exception");
    Run bad = Product.run(folder, Map.of(), "link", "ftp://a/b");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.err()).contains("http");
  }

  /** The service runs as another user, with its key in a folder of its own. */
  @Test
  void link_keyThatTheRunningServerLacks_isSaid() throws IOException {
    Path mine = folder.resolve("mine");
    try (Product product = Product.start(folder.resolve("service"), Map.of())) {
      Map<String, String> port =
          Map.of("PORT", Integer.toString(product.address().getPort()), "BASE_URL", "http://nas");
      Run refused = Product.run(mine, port, "link", "http://h/film.mkv");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err()).contains("does not use the key file", "--secret-key-file");
      assertThat(mine.resolve("config").resolve("secret.key")).doesNotExist();

      Run made = Product.run(mine, Map.of("PORT", "1"), "link", "http://h/film.mkv");
      assertThat(made.exitCode()).isZero();
      Run other = Product.run(mine, port, "link", "http://h/film.mkv");
      assertThat(other.exitCode()).isZero();
      assertThat(other.err()).contains("uses other keys than those in", "--secret-key-file");

      Run same = Product.run(folder.resolve("service"), port, "link", "http://h/film.mkv");
      assertThat(same.exitCode()).isZero();
      assertThat(same.err()).isEmpty();
    }
  }

  @Test
  void health_asksTheRunningServer() {
    try (Product product = Product.start(folder, Map.of())) {
      String port = Integer.toString(product.address().getPort());
      assertThat(Product.run(folder, Map.of("PORT", port), "health").exitCode()).isZero();
      Path other = folder.resolve("other");
      assertThat(Product.run(other, Map.of("PORT", "1"), "health").exitCode()).isEqualTo(1);
    }
  }

  @Test
  void secrets_inEveryPlaceOfAUrl_areNowhereToBeSeen() throws IOException {
    String canary = "Canary7531";
    try (ScriptedOrigin origin =
            ScriptedOrigin.start()
                .serve("/movie/" + canary + "u/" + canary + "p/1.mkv", Script.of(FILM))
                .serve("/gone.mkv", Script.status(404));
        Product product = Product.start(folder, Map.of("LOG_VERBOSE", "1"))) {
      String xtream = origin.url("/movie/" + canary + "u/" + canary + "p/1.mkv");
      String withUser = xtream.replace("http://", "http://" + canary + "a:" + canary + "b@");
      RawClient.get(product.address(), product.link(withUser + "?token=" + canary));
      StringBuilder seen = new StringBuilder();
      for (String accept : new String[] {"text/html", "application/json", "*/*"}) {
        String dead =
            origin.url("/gone.mkv?password=" + canary).replace("://", "://u:" + canary + "@");
        Answer answer = RawClient.get(product.address(), product.link(dead), "Accept: " + accept);
        assertThat(answer.status()).isEqualTo(404);
        seen.append(answer.text()).append(answer.headers());
      }
      seen.append(product.metrics());
      product.process().terminate();
      seen.append(product.process().output());
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.toList()) {
          seen.append(file.getFileName());
          if (file.toString().endsWith(".st") || file.endsWith("STORE")) {
            seen.append(Files.readString(file, StandardCharsets.ISO_8859_1));
          }
        }
      }
      assertThat(seen.toString()).doesNotContain(canary).contains("playback");
    }
  }
}
