package streamcache.webhook;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event as it is posted, with the same bytes at each try.
 *
 * @param id lets the receiver tell a retry from a new event
 * @param body JSON; free of secrets
 */
record Notice(String id, Type type, Instant time, String body) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The types of event; their words are stable, their titles are for people. */
  enum Type {
    TITLE_GONE("title.gone", "Title no longer available"),
    PROVIDER_DOWN("provider.down", "Provider down"),
    PROVIDER_UP("provider.up", "Provider up again"),
    ACCOUNT_REFUSED("account.refused", "Account refused"),
    DISK_NEARLY_FULL("disk.nearly-full", "Disk nearly full"),
    TEST("test", "Test");

    private final String word;
    private final String title;

    Type(String word, String title) {
      this.word = word;
      this.title = title;
    }

    String word() {
      return word;
    }
  }

  static ObjectNode data() {
    return JSON.createObjectNode();
  }

  /**
   * A new notice.
   *
   * @param subject what it is about, for people; a few hundred characters at most, since Discord
   *     refuses a text of more than 2,000
   * @param data with {@code words}, a sentence about the subject
   */
  static Notice of(Type type, Instant time, String subject, ObjectNode data) {
    String title = "Streamcache: " + type.title;
    String message = subject + ": " + data.path("words").asString();
    ObjectNode json =
        JSON.createObjectNode()
            .put("type", type.word())
            .put("timestamp", time.toString())
            .put("title", title)
            .put("message", message)
            .put("content", title + "\n" + message);
    // The name of a title comes from a provider and may hold "@everyone".
    json.putObject("allowed_mentions").putArray("parse");
    json.set("data", data);
    return new Notice(UUID.randomUUID().toString(), type, time, JSON.writeValueAsString(json));
  }
}
