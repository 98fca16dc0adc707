package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.LinkCodec;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The live view of a terminal: what it draws, and that it leaves the terminal as it was. */
final class TopCommandTest {

  private static final Content FILM = Content.of(/* seed= */ 95, 2 << 20);
  private static final String NAME = "/A%1B%5B31m%E6%BC%A2%E5%AD%97.mkv";

  @TempDir Path folder;

  private Settings settings(int port) throws SettingsException {
    Map<String, String> flags = new HashMap<>();
    flags.put("CONFIG_DIR", folder.resolve("config").toString());
    flags.put("CACHE_DIR", folder.resolve("cache").toString());
    flags.put("PORT", Integer.toString(port));
    flags.put("BIND", "127.0.0.1");
    flags.put("EGRESS_ALLOW", "127.0.0.1");
    flags.put("ADMIN_TOKEN", "token-of-this-test");
    return Settings.load(flags, Map.of());
  }

  /** What the command prints, and a way to wait for it. */
  private static final class Screen extends Writer {
    private final StringBuffer text = new StringBuffer();
    private final CountDownLatch isDrawn = new CountDownLatch(1);

    @Override
    public void write(char[] buffer, int from, int count) {
      text.append(buffer, from, count);
      if (text.indexOf("\u001b[J") >= 0) {
        isDrawn.countDown();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void run_realServer_printsOnce_drawsUntilQ_andRestoresTheTerminal() throws Exception {
    Gate gate = new Gate();
    try (ScriptedOrigin origin =
            ScriptedOrigin.start().serve(NAME, Script.of(FILM).gate(1 << 20, gate));
        Server server = Server.start(settings(0).rooms())) {
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.address().getPort());
      Settings own = settings(address.getPort());
      CheckedStream player =
          RawClient.stream(address, "/u/" + new LinkCodec().encode(origin.url(NAME)), FILM)
              .awaitBytes(1 << 20);

      StringWriter once = new StringWriter();
      assertThat(top(own, once, new PipedInputStream()).run(call("--once"))).isZero();
      assertThat(once.toString())
          .doesNotContain("\u001b")
          .contains("127.0.0.1:" + origin.port(), "1.05 MB", "漢字.mkv", "1 title");

      StringWriter json = new StringWriter();
      assertThat(top(own, json, new PipedInputStream()).run(call("--json"))).isZero();
      JsonNode snapshot = JsonMapper.builder().build().readTree(json.toString());
      assertThat(snapshot.path("plays").size()).isEqualTo(1);
      assertThat(snapshot.path("accounts").path(0).path("open").asInt()).isEqualTo(1);

      Screen screen = new Screen();
      PipedOutputStream keys = new PipedOutputStream();
      PipedInputStream typed = new PipedInputStream(keys);
      TopCommand live =
          new TopCommand(own, typed, new PrintWriter(screen), new PrintWriter(screen), true);
      CompletableFuture<Integer> end = new CompletableFuture<>();
      Thread.ofPlatform().daemon().start(() -> end.complete(live.run(Invocation.of("top"))));
      assertThat(screen.isDrawn.await(30, TimeUnit.SECONDS)).isTrue();
      keys.write('x');
      keys.write('q');
      keys.flush();
      assertThat(end.get(30, TimeUnit.SECONDS)).isZero();
      assertThat(screen.text.toString())
          .startsWith("\u001b[?1049h\u001b[?25l\u001b[H")
          .endsWith("\u001b[?25h\u001b[?1049l")
          .contains("漢字.mkv")
          .doesNotContain("\u001b[31m");

      gate.open();
      player.awaitEnd();
      assertThat(origin.requests()).hasSize(1);
      assertThat(origin.bodyBytes()).isEqualTo(FILM.length());
    }
  }

  @Test
  void draw_terminalIsAsBefore_drawsNothing() {
    StringWriter drawn = new StringWriter();
    TopScreen screen = TopScreen.open(new PrintWriter(drawn));
    screen.draw(List.of("a frame"));
    screen.close();

    screen.draw(List.of("a late frame"));

    assertThat(drawn.toString()).contains("a frame").doesNotContain("a late frame");
  }

  @Test
  void run_noServer_saysSo() throws SettingsException, IOException {
    StringWriter err = new StringWriter();
    int port;
    try (ScriptedOrigin other = ScriptedOrigin.start()) {
      port = other.port();
    }
    TopCommand command =
        new TopCommand(
            settings(port),
            new PipedInputStream(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            true);

    assertThat(command.run(Invocation.of("top"))).isEqualTo(1);

    assertThat(err.toString()).startsWith("streamcache: No server answers on port " + port);
  }

  private static TopCommand top(Settings own, StringWriter out, PipedInputStream keys) {
    return new TopCommand(own, keys, new PrintWriter(out), new PrintWriter(out), true);
  }

  private static Invocation call(String option) {
    return new Invocation("top", List.of(), Map.of(), Map.of(option, "true"));
  }

  @Test
  void lines_manyRowsAndWideNames_fitAnyTerminal() {
    String play =
        "{\"id\":\"a\",\"name\":\"%s\",\"client\":\"fd00:1234:5678:9abc::1\","
            + "\"sentBytes\":123456789012,\"since\":\"2026-11-30T20:00:00Z\"}";
    String plays = (play.formatted("漢".repeat(90)) + ",").repeat(40) + play.formatted("x");
    String account =
        "{\"account\":\"a-panel-with-a-long-name.example.org:8080\",\"limit\":64,\"open\":64,"
            + "\"cooling\":12,\"holdSeconds\":1.5,\"titles\":[{\"name\":\"é̂ n\","
            + "\"connections\":3,\"players\":2,\"waiting\":1}]}";
    JsonNode snapshot =
        JsonMapper.builder()
            .build()
            .readTree(
                "{\"status\":{\"version\":\"1\",\"uptimeSeconds\":5,\"health\":\"ok\",\"store\":"
                    + "{\"usedBytes\":50,\"maxBytes\":100}},\"plays\":["
                    + plays
                    + "],\"accounts\":["
                    + account
                    + "]}");
    TopFrame frame =
        new TopFrame(snapshot, Map.of("a", 1234567L), Instant.parse("2026-11-30T21:14:00Z"));

    List<String> all = frame.lines(80, 1000);

    assertThat(all).allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
    assertThat(all.get(1)).contains("[" + "#".repeat(20) + "-".repeat(20) + "]");
    assertThat(all).anySatisfy(line -> assertThat(line).contains("1.23 MB/s", "1 h 14 min"));
    assertThat(all)
        .anySatisfy(line -> assertThat(line).contains("  64     64       12        1  a-panel"));
    assertThat(frame.lines(80, 24)).hasSize(24).last().asString().contains("more than");
    assertThat(frame.lines(10, 5)).hasSize(5);
  }
}
