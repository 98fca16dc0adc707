package streamcache.trouble;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Request;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a request with a cause, in the form its asker reads: HTML for a browser, problem+json
 * (RFC 9457) for a program, text for everybody else. Stateless; never holds a URL.
 */
public final class ErrorAnswer {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ErrorAnswer() {}

  /** Answers for a title that cannot be played. */
  public static void send(Exchange exchange, Link link, Failure failure) throws ClientGone {
    Headers headers = new Headers();
    if (failure instanceof Failure.OutOfRange beyond && beyond.total().isPresent()) {
      headers.add("Content-Range", "bytes */" + beyond.total().getAsLong());
    }
    failure
        .upstreamStatus()
        .ifPresent(status -> headers.add("X-Upstream-Status", Integer.toString(status)));
    send(exchange, Cause.of(failure), link.name(), headers);
  }

  /**
   * Answers for a request that names no title.
   *
   * @param sentence what is wrong and what to do
   */
  public static void badRequest(Exchange exchange, String sentence) throws ClientGone {
    Cause cause =
        new Cause(400, "bad-link", "This link cannot be used", sentence, Optional.empty());
    send(exchange, cause, /* title= */ "", new Headers());
  }

  /** Answers an asker that is turned away. */
  public static void turnAway(Exchange exchange, Objection objection) throws ClientGone {
    send(exchange, objection.cause(), /* title= */ "", new Headers());
  }

  private static void send(Exchange exchange, Cause cause, String title, Headers headers)
      throws ClientGone {
    Request request = exchange.request();
    Form form = Form.of(request.headers());
    byte[] body = body(form, cause, title, request.id()).getBytes(StandardCharsets.UTF_8);
    headers
        .add("Content-Type", form.contentType())
        .add("Content-Length", Integer.toString(body.length))
        .add("Cache-Control", "no-store");
    cause
        .retryAfter()
        .ifPresent(
            wait -> headers.add("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
    exchange.head(cause.status(), headers);
    if (!request.method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(body));
    }
    exchange.end();
  }

  private static String body(Form form, Cause cause, String title, String requestId) {
    return switch (form) {
      case HTML -> Page.render(cause, title, requestId);
      case JSON ->
          JSON.writeValueAsString(
              Map.of(
                  "type", "urn:streamcache:problem:" + cause.label(),
                  "title", cause.headline(),
                  "status", cause.status(),
                  "detail", cause.meaning(),
                  "instance", "urn:streamcache:request:" + requestId));
      case TEXT ->
          "%s\n%s\n%s(request %s)\n"
              .formatted(
                  cause.headline(),
                  cause.meaning(),
                  title.isEmpty() ? "" : "Title: " + title + " ",
                  requestId);
    };
  }
}
