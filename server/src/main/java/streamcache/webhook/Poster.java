package streamcache.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import streamcache.outbox.CallException;
import streamcache.outbox.Caller;
import streamcache.outbox.Reply;
import streamcache.settings.WebhookSettings;

/** Posts one notice and derives the outcome from the response. Blocks; used by one thread. */
final class Poster {

  /** The outcome of a notice; the words are for people and free of secrets. */
  sealed interface Outcome {

    record Taken() implements Outcome {}

    /** The receiver does not want the notice, and a retry would not help. */
    record Refused(String words) implements Outcome {}

    /** Nothing can be posted at present. */
    record Trouble(String words) implements Outcome {}
  }

  private final Caller caller;
  private final WebhookSettings settings;

  Poster(Caller caller, WebhookSettings settings) {
    this.caller = caller;
    this.settings = settings;
  }

  Outcome post(Notice notice, Instant now) {
    long second = now.getEpochSecond();
    Map<String, String> fields = new HashMap<>();
    fields.put("Webhook-Id", notice.id());
    fields.put("Webhook-Timestamp", Long.toString(second));
    settings
        .secret()
        .ifPresent(secret ->
            fields.put(
                "Webhook-Signature", Signature.of(secret, notice.id(), second, notice.body())));
    try {
      Reply reply = caller.post(settings.url().reveal(), fields, notice.body().getBytes(UTF_8));
      return outcome(reply.status());
    } catch (CallException e) {
      return new Outcome.Trouble(e.words());
    }
  }

  private static Outcome outcome(int status) {
    if (status >= 200 && status < 300) {
      return new Outcome.Taken();
    }
    return switch (status) {
      case 400, 406, 409, 410, 413, 415, 422 ->
          new Outcome.Refused("it answered with status " + status);
      case 301, 302, 303, 307, 308 ->
          new Outcome.Trouble("it redirects; set WEBHOOK_URL to the final address");
      case 401, 403, 404, 405 ->
          new Outcome.Trouble("it answered with status " + status + "; check WEBHOOK_URL");
      default -> new Outcome.Trouble("it answered with status " + status);
    };
  }
}
