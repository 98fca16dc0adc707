package streamcache.admin;

import java.nio.ByteBuffer;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the responses of the API. Stateless. */
final class ApiAnswer {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PROBLEM = "application/problem+json";

  private ApiAnswer() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ArrayNode array() {
    return JSON.createArrayNode();
  }

  static void send(Exchange exchange, JsonNode body) throws ClientGone {
    send(exchange, 200, "application/json", body, new Headers());
  }

  /** Sends a problem by RFC 9457; its type is one of those in docs/api.md. */
  static void send(Exchange exchange, ApiException problem) throws ClientGone {
    ObjectNode body =
        object()
            .put("type", "urn:streamcache:problem:" + problem.label())
            .put("title", problem.title())
            .put("status", problem.status())
            .put("detail", problem.sentence())
            .put("instance", "urn:streamcache:request:" + exchange.request().id());
    send(exchange, problem.status(), PROBLEM, body, problem.headers());
  }

  /** Says which methods a path takes. */
  static void sendAllowed(Exchange exchange, String allowed) throws ClientGone {
    exchange.head(204, new Headers().add("Allow", allowed));
    exchange.end();
  }

  private static void send(
      Exchange exchange, int status, String type, JsonNode body, Headers headers)
      throws ClientGone {
    byte[] bytes = JSON.writeValueAsBytes(body);
    headers
        .add("Content-Type", type)
        .add("Content-Length", Integer.toString(bytes.length))
        .add("Cache-Control", "no-store")
        .add("X-Content-Type-Options", "nosniff");
    exchange.head(status, headers);
    if (!exchange.request().method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(bytes));
    }
    exchange.end();
  }
}
