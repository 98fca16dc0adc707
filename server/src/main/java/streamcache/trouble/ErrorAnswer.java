package streamcache.trouble;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Request;

/**
 * Responds to a request with a cause, in the form its client reads: HTML for a browser,
 * problem+json (RFC 9457) for a program, text for all others. Stateless; never contains a URL.
 */
public final class ErrorAnswer {

  /** The page is self-contained, and anything injected into it must have no effect. */
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private ErrorAnswer() {}

  /**
   * Responds for a title that cannot be played.
   *
   * @param notes lines that say to whom the failure was reported
   */
  static void send(Exchange exchange, Link link, Failure failure, List<String> notes, Instant now)
      throws ClientGone {
    Headers headers = new Headers();
    if (failure instanceof Failure.OutOfRange beyond && beyond.total().isPresent()) {
      headers.add("Content-Range", "bytes */" + beyond.total().getAsLong());
    }
    failure
        .upstreamStatus()
        .ifPresent(status -> headers.add("X-Upstream-Status", Integer.toString(status)));
    send(exchange, Problem.of(link, failure, notes, now), headers);
  }

  /**
   * Responds to a request that names no title.
   *
   * @param sentence what is wrong and what to do
   */
  public static void badRequest(Exchange exchange, String sentence) throws ClientGone {
    send(exchange, Problem.of(Cause.badLink(sentence), Advice.BAD_LINK), new Headers());
  }

  /** Responds to a rejected client, which learns nothing about how this server is set up. */
  public static void reject(Exchange exchange, Rejection rejection) throws ClientGone {
    send(exchange, Problem.of(rejection.cause(), /* advice= */ ""), new Headers());
  }

  private static void send(Exchange exchange, Problem problem, Headers headers) throws ClientGone {
    Request request = exchange.request();
    Form form = Form.of(request.headers());
    byte[] body = body(form, problem, request.id()).getBytes(StandardCharsets.UTF_8);
    headers
        .add("Content-Type", form.contentType())
        .add("Content-Length", Integer.toString(body.length))
        .add("Cache-Control", "no-store");
    if (form == Form.HTML) {
      headers.add("Content-Security-Policy", PAGE_POLICY);
    }
    problem
        .cause()
        .retryAfter()
        .ifPresent(
            wait -> headers.add("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
    exchange.head(problem.cause().status(), headers);
    if (!request.method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(body));
    }
    exchange.end();
  }

  private static String body(Form form, Problem problem, String requestId) {
    return switch (form) {
      case HTML -> Page.render(problem, requestId);
      case JSON -> ProblemJson.write(problem, requestId);
      case TEXT -> ProblemText.write(problem, requestId);
    };
  }
}
