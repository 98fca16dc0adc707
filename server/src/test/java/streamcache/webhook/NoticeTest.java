package streamcache.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is posted of an event. */
final class NoticeTest {

  private static JsonNode posted(String subject) {
    Notice notice =
        Notice.of(
            Notice.Type.TITLE_GONE,
            Instant.EPOCH,
            subject,
            Notice.data().put("words", "The provider no longer has this title"));
    return JsonMapper.shared().readTree(notice.body());
  }

  /** Gotify reads title and message, Discord content; both show the fields as they are. */
  @Test
  void of_forNotificationServices_hasTitleMessageAndContent() {
    JsonNode event = posted("Film.mkv at provider.example:80");

    String message = "Film.mkv at provider.example:80: The provider no longer has this title";
    assertThat(event.get("title").asString()).isEqualTo("Streamcache: Title no longer available");
    assertThat(event.get("message").asString()).isEqualTo(message);
    assertThat(event.get("content").asString())
        .isEqualTo("Streamcache: Title no longer available\n" + message);
  }

  @Test
  void of_nameThatAProviderChose_alarmsNobody() {
    JsonNode event = posted("@everyone.mkv at provider.example:80");

    assertThat(event.get("content").asString()).contains("@everyone");
    assertThat(event.get("allowed_mentions").get("parse").isArray()).isTrue();
    assertThat(event.get("allowed_mentions").get("parse").isEmpty()).isTrue();
  }
}
