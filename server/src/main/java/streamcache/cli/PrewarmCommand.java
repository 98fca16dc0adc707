package streamcache.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import streamcache.prewarm.Prewarms;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The prewarm command: has the running server fetch titles before anybody plays them, and shows how
 * far it is. The server goes on with them when the command is ended.
 */
final class PrewarmCommand {

  static final String MEANING =
      "Has the running server fetch the head and the end of titles, so that they begin at once."
          + " Ctrl-C ends only this command; the server goes on.";

  static final String ALL = "--all";
  static final String NO_WAIT = "--no-wait";
  private static final String QUEUE = "/api/v1/prewarm";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The most titles in one request, whose body may have 64 KiB. */
  private static final int MOST_TITLES = 200;

  private static final int MOST_BYTES = 48 * 1024;

  private final OwnApi api;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean isTerminal;

  PrewarmCommand(OwnApi api, PrintWriter out, PrintWriter err, boolean isTerminal) {
    this.api = api;
    this.out = out;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  int run(Invocation call) {
    List<String> urls;
    try {
      urls = PrewarmSources.of(call.words());
    } catch (PrewarmSources.Unusable e) {
      err.println("streamcache: " + Printable.of(String.valueOf(e.getMessage())));
      return Main.CANNOT_START;
    }
    PrewarmProgress progress = new PrewarmProgress();
    if (!isFollowed(urls, call, progress)) {
      return 1;
    }
    print(
        call,
        progress,
        call.has(NO_WAIT)
            ? Printable.count(progress.size(), "title is", "titles are")
                + " in the queue of the server."
            : progress.summary());
    return progress.failed().isEmpty() ? 0 : 1;
  }

  /** Orders the titles and waits for them, if it is to. */
  private boolean isFollowed(List<String> urls, Invocation call, PrewarmProgress progress) {
    try (ProgressBar bar = new ProgressBar(err, isTerminal, System::nanoTime)) {
      return ordered(urls, call, progress, bar) && (call.has(NO_WAIT) || watched(progress, bar));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean ordered(
      List<String> urls, Invocation call, PrewarmProgress progress, ProgressBar bar)
      throws InterruptedException {
    for (List<String> batch : batches(urls)) {
      if (!hasRoom(batch.size(), progress, bar)) {
        return false;
      }
      ObjectNode body = JSON.createObjectNode().put("part", call.has(ALL) ? "all" : "ends");
      ArrayNode list = body.putArray("urls");
      batch.forEach(list::add);
      Optional<JsonNode> answer = api.post(QUEUE, body);
      if (answer.isEmpty()) {
        return false;
      }
      answer.get().path("ids").forEach(id -> progress.expect(id.asString()));
    }
    return true;
  }

  static List<List<String>> batches(List<String> urls) {
    List<List<String>> batches = new ArrayList<>();
    List<String> batch = new ArrayList<>();
    int bytes = 0;
    for (String url : urls) {
      int length = url.getBytes(StandardCharsets.UTF_8).length + 4;
      if (!batch.isEmpty() && (batch.size() == MOST_TITLES || bytes + length > MOST_BYTES)) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(url);
      bytes += length;
    }
    batches.add(batch);
    return batches;
  }

  /** Waits until the queue takes more titles. */
  private boolean hasRoom(int titles, PrewarmProgress progress, ProgressBar bar)
      throws InterruptedException {
    Optional<JsonNode> queue = api.get(QUEUE);
    while (queue.isPresent() && open(queue.get()) + titles > Prewarms.MOST) {
      progress.take(queue.get());
      progress.show(bar);
      pause();
      queue = api.get(QUEUE);
    }
    return queue.isPresent();
  }

  private static int open(JsonNode queue) {
    return queue.path("queued").asInt() + queue.path("running").asInt();
  }

  private boolean watched(PrewarmProgress progress, ProgressBar bar) throws InterruptedException {
    while (true) {
      Optional<JsonNode> queue = api.get(QUEUE);
      if (queue.isEmpty()) {
        return false;
      }
      progress.take(queue.get());
      if (progress.isOver()) {
        return true;
      }
      progress.show(bar);
      pause();
    }
  }

  private static void pause() throws InterruptedException {
    boolean _ = new CountDownLatch(1).await(1, TimeUnit.SECONDS);
  }

  private void print(Invocation call, PrewarmProgress progress, String words) {
    if (call.has(TitlesCommand.JSON)) {
      out.println(progress.json().toPrettyString());
      return;
    }
    progress.failed().forEach(out::println);
    out.println(words);
  }
}
