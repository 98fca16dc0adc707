package streamcache.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;
import streamcache.testkit.Waiting;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that uses the API, each request on a connection of its own. */
record ApiClient(InetSocketAddress address, String token) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The operator of a rig. */
  static ApiClient of(Rig rig) {
    return new ApiClient(rig.address(), Rig.TOKEN);
  }

  ApiClient as(String other) {
    return new ApiClient(address, other);
  }

  Answer get(String path) throws IOException {
    return send("GET", path);
  }

  Answer send(String method, String path) throws IOException {
    return RawClient.exchange(address, method, path, "Authorization: Bearer " + token);
  }

  Answer post(String path, String body) throws IOException {
    return send("POST", path, body);
  }

  Answer send(String method, String path, String body, String... headers) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Authorization: Bearer " + token);
    all.add("Content-Type: application/json");
    all.add("Content-Length: " + bytes.length);
    try (RawClient client = RawClient.connect(address)) {
      client.request(method, path, all.toArray(String[]::new));
      return client.send(bytes).answer();
    }
  }

  /** Asks again and again until the answer has this status. */
  void awaitStatus(String path, int status) throws IOException {
    await(path, answer -> answer.status() == status);
  }

  /** Asks again and again until the answer is as wanted. */
  void await(String path, Predicate<Answer> wanted) throws IOException {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    for (Answer answer = get(path); !wanted.test(answer); answer = get(path)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("still " + answer + " after " + Waiting.LIMIT);
      }
    }
  }

  /** A body with one property. */
  static String object(String name, String value) {
    return JSON.createObjectNode().put(name, value).toString();
  }

  static JsonNode json(Answer answer) {
    return JSON.readTree(answer.body());
  }
}
