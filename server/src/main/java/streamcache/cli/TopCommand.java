package streamcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import streamcache.settings.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The top command: players, films that are fetched, accounts and the disk of the running server,
 * redrawn each second. Without a terminal it prints them once.
 */
final class TopCommand {

  static final String MEANING =
      "Shows players, downloads, accounts and the disk of the running server, each second; q ends it.";

  static final String ONCE = "--once";

  private static final String NO_TERMINAL =
      "streamcache: There is no terminal to draw on; this is shown once.";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the server or its absence has to say; printed once the terminal is as before. */
  private final StringWriter said = new StringWriter();

  private final OwnApi api;
  private final InputStream keys;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean isTerminal;
  private final Map<String, Long> sent = new HashMap<>();
  private long asked;

  TopCommand(
      Settings settings, InputStream keys, PrintWriter out, PrintWriter err, boolean isTerminal) {
    this.api = new OwnApi(settings, new PrintWriter(said, /* autoFlush= */ true));
    this.keys = keys;
    this.out = out;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  int run(Invocation call) {
    try {
      return show(call);
    } finally {
      err.print(said);
      err.flush();
    }
  }

  private int show(Invocation call) {
    Optional<JsonNode> first = snapshot();
    if (first.isEmpty()) {
      return 1;
    }
    if (call.has(TitlesCommand.JSON)) {
      out.println(first.get().toPrettyString());
      return 0;
    }
    if (call.has(ONCE) || !isTerminal) {
      frame(first.get())
          .lines(TopScreen.Size.USUAL.width(), Integer.MAX_VALUE)
          .forEach(out::println);
      if (!call.has(ONCE)) {
        err.println(NO_TERMINAL);
      }
      return 0;
    }
    return watch(first.get());
  }

  /** Until the key q, the end of the server or a signal. */
  private int watch(JsonNode first) {
    CountDownLatch quit = new CountDownLatch(1);
    Thread.ofPlatform().daemon().name("keys").start(() -> awaitQuit(quit));
    Optional<JsonNode> snapshot = Optional.of(first);
    try (TopScreen screen = TopScreen.open(out)) {
      while (snapshot.isPresent()) {
        TopScreen.Size size = screen.size();
        screen.draw(frame(snapshot.get()).lines(size.width(), size.height()));
        if (quit.await(1, TimeUnit.SECONDS)) {
          return 0;
        }
        snapshot = snapshot();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  private void awaitQuit(CountDownLatch quit) {
    try {
      int key = keys.read();
      while (key >= 0 && key != 'q' && key != 'Q') {
        key = keys.read();
      }
    } catch (IOException e) {
      // Nobody can press a key any more.
    }
    quit.countDown();
  }

  /** Empty, after a sentence, if the server does not answer. */
  private Optional<JsonNode> snapshot() {
    ObjectNode snapshot = JSON.createObjectNode();
    for (String what : List.of("status", "plays", "accounts")) {
      Optional<JsonNode> answer = api.get("/api/v1/" + what);
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      snapshot.set(what, what.equals("status") ? answer.get() : answer.get().path(what));
    }
    return Optional.of(snapshot);
  }

  private TopFrame frame(JsonNode snapshot) {
    Map<String, Long> now = new HashMap<>();
    Map<String, Long> rates = new HashMap<>();
    long before = asked;
    asked = System.nanoTime();
    for (JsonNode play : snapshot.path("plays")) {
      String id = play.path("id").asString();
      long bytes = play.path("sentBytes").asLong();
      Long earlier = sent.get(id);
      if (earlier != null) {
        rates.put(id, (long) (Math.max(0, bytes - earlier) * 1e9 / (asked - before)));
      }
      now.put(id, bytes);
    }
    sent.clear();
    sent.putAll(now);
    return new TopFrame(snapshot, rates, Instant.now());
  }
}
