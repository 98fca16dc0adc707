package streamcache.webhook;

import java.time.Instant;
import streamcache.outbox.Caller;
import streamcache.settings.WebhookSettings;

/** Whether the webhook accepts an event, for the doctor command. */
public record WebhookCheck(boolean isGood, String words) {

  /** Posts an event of type {@code test}. Blocks. */
  public static WebhookCheck of(WebhookSettings settings, Caller caller) {
    Instant now = Instant.now();
    Notice notice =
        Notice.of(
            Notice.Type.TEST,
            now,
            "streamcache doctor",
            Notice.data().put("words", "This is a test of the webhook"));
    return switch (new Poster(caller, settings).post(notice, now)) {
      case Poster.Outcome.Taken _ -> new WebhookCheck(true, "it accepted an event of type test");
      case Poster.Outcome.Refused refused -> new WebhookCheck(false, refused.words());
      case Poster.Outcome.Trouble trouble -> new WebhookCheck(false, trouble.words());
    };
  }
}
