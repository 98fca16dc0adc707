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

  /** The types of event; their words are stable. */
  enum Type {
    TITLE_GONE("title.gone"),
    PROVIDER_DOWN("provider.down"),
    PROVIDER_UP("provider.up"),
    ACCOUNT_REFUSED("account.refused"),
    DISK_NEARLY_FULL("disk.nearly-full"),
    TEST("test");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static ObjectNode data() {
    return JSON.createObjectNode();
  }

  static Notice of(Type type, Instant time, ObjectNode data) {
    ObjectNode json =
        JSON.createObjectNode().put("type", type.word()).put("timestamp", time.toString());
    json.set("data", data);
    return new Notice(UUID.randomUUID().toString(), type, time, JSON.writeValueAsString(json));
  }
}
