package streamcache.testkit.player;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One connection of Kodi's JSON-RPC over TCP: calls with their responses, and notifications in the
 * order they came. Calls come from one thread; a thread of its own reads.
 */
final class JsonRpc implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Socket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final ConcurrentMap<Integer, CompletableFuture<JsonNode>> answers =
      new ConcurrentHashMap<>();
  private final BlockingQueue<JsonNode> notifications = new LinkedBlockingQueue<>();

  JsonRpc(int port) throws IOException {
    socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    Thread.ofVirtual().start(this::read);
  }

  /**
   * Calls a method and waits for its result.
   *
   * @throws AssertionError if the call is refused, or there is no response for a minute
   */
  JsonNode call(String method, Map<String, ?> parameters) throws IOException {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id);
    message.put("method", method).set("params", JSON.valueToTree(parameters));
    socket
        .getOutputStream()
        .write(JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8));
    JsonNode result;
    try {
      result = answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new AssertionError("Kodi did not answer: " + method, e);
    }
    if (result.has("error")) {
      throw new AssertionError(method + ": " + result.get("error"));
    }
    return result.get("result");
  }

  /** Discards the notifications received so far. */
  void clear() {
    notifications.clear();
  }

  /** Returns the next notification; null if none comes within the time. */
  @Nullable JsonNode next(Duration within) {
    try {
      return notifications.poll(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void read() {
    try (MappingIterator<JsonNode> messages =
        JSON.readerFor(JsonNode.class).readValues(socket.getInputStream())) {
      while (messages.hasNext()) {
        receive(messages.next());
      }
    } catch (IOException | JacksonException _) {
      // The connection is closed; a call that waits for a response fails by its time-out.
    }
  }

  private void receive(JsonNode message) {
    if (!message.has("id")) {
      notifications.add(message);
      return;
    }
    CompletableFuture<JsonNode> waiting = answers.remove(message.path("id").asInt());
    if (waiting != null) {
      waiting.complete(message);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
