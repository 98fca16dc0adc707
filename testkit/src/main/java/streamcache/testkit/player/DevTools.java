package streamcache.testkit.player;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One connection of the DevTools protocol: commands with their responses, and awaited events.
 * Commands come from one thread; responses from the client's own.
 */
final class DevTools implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger lastId = new AtomicInteger();
  private final ConcurrentMap<Integer, CompletableFuture<JsonNode>> answers =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<JsonNode>> events =
      new ConcurrentHashMap<>();
  private final WebSocket socket;

  /** Empty before {@link #attach}: commands go to the browser, and after it to its page. */
  private String session = "";

  DevTools(String address) {
    socket = client.newWebSocketBuilder().buildAsync(URI.create(address), new Reader()).join();
  }

  /** Sends all further commands to a page. */
  void attach(String target) {
    Map<String, Object> parameters = Map.of("targetId", target, "flatten", true);
    session = call("Target.attachToTarget", parameters).get("sessionId").asString();
  }

  /**
   * Sends a command and waits for its result.
   *
   * @throws AssertionError if the browser refuses it, or does not respond for a minute
   */
  JsonNode call(String method, Map<String, ?> parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(JSON.writeValueAsString(message), /* last= */ true).join();
    JsonNode result = await(answer, method);
    if (result.has("error")) {
      throw new AssertionError(method + ": " + result.get("error"));
    }
    return result.get("result");
  }

  /** Expects an event; must be called before what causes it. */
  CompletableFuture<JsonNode> expect(String event) {
    CompletableFuture<JsonNode> coming = new CompletableFuture<>();
    events.put(event, coming);
    return coming;
  }

  static JsonNode await(CompletableFuture<JsonNode> coming, String what) {
    try {
      return coming.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new AssertionError("Chromium did not answer: " + what, e);
    }
  }

  private void receive(JsonNode message) {
    CompletableFuture<JsonNode> waiting =
        message.has("id")
            ? answers.remove(message.get("id").asInt())
            : events.remove(message.path("method").asString());
    if (waiting != null) {
      waiting.complete(message);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  /** Assembles messages from their parts. */
  private final class Reader implements WebSocket.Listener {

    private final Queue<CharSequence> pieces = new ArrayDeque<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
      pieces.add(piece.toString());
      if (last) {
        String whole = String.join("", pieces);
        pieces.clear();
        receive(JSON.readTree(whole));
      }
      from.request(1);
      return null;
    }
  }
}
