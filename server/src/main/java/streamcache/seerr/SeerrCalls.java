package streamcache.seerr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import streamcache.outbox.CallException;
import streamcache.outbox.Caller;
import streamcache.outbox.Reply;
import streamcache.settings.SeerrSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wire to Seerr: puts key, user and cookies on calls, and tells from an answer what it means.
 * Blocks; used by one thread. Nothing of the address or the key is in any sentence.
 */
final class SeerrCalls {

  /** Until a quota of days has room again, most likely. */
  private static final Duration QUOTA_REST = Duration.ofHours(12);

  private static final String ME = "/auth/me";
  private static final String STRANGERS =
      "it refuses the key or the user: SEERR_API_KEY or SEERR_USER is wrong";

  static final JsonMapper JSON = JsonMapper.builder().build();

  private final Caller caller;
  private final String base;
  private final String key;
  private final OptionalInt user;

  /** CSRF protection, where it is on, wants these back with whatever changes something. */
  private final Map<String, String> cookies = new HashMap<>();

  SeerrCalls(Caller caller, SeerrSettings settings) {
    this.caller = caller;
    this.base = settings.url().reveal() + "/api/v1";
    this.key = settings.key().reveal();
    this.user = settings.user();
  }

  /** A plus sign for a blank, as forms have it, would be refused. */
  static String escaped(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) throws SnagException {
    Reply reply = reply(path);
    if (!reply.isGood()) {
      throw new SnagException(meaning(reply));
    }
    return json(reply);
  }

  /** Who we are. A refusal means that we are strangers, and is not asked about once more. */
  JsonNode me() throws SnagException {
    Reply reply = reply(ME);
    if (reply.status() == 403) {
      throw SnagException.trouble(STRANGERS);
    }
    return made(reply);
  }

  /** As {@link #get}; empty when there is no such thing, or it is not ours to see. */
  Optional<JsonNode> find(String path) throws SnagException {
    Reply reply = reply(path);
    if (SeerrReason.isNotThere(reply) || (reply.status() == 403 && isKnown())) {
      return Optional.empty();
    }
    if (!reply.isGood()) {
      throw new SnagException(meaning(reply));
    }
    return Optional.of(json(reply));
  }

  /** The reply whatever its status; what it means is for the caller to say. */
  Reply post(String path, ObjectNode body) throws SnagException {
    Reply reply = send(path, body);
    if (SeerrReason.isCsrf(reply)) {
      // The cookies came with no answer yet, or have grown old.
      var _ = reply(ME);
      reply = send(path, body);
    }
    if (SeerrReason.isCsrf(reply)) {
      throw SnagException.trouble(
          "its CSRF protection refuses us; switch it off in Seerr's network settings");
    }
    return reply;
  }

  /** The number of what was made, or why it was not. */
  JsonNode made(Reply reply) throws SnagException {
    if (!reply.isGood()) {
      throw new SnagException(meaning(reply));
    }
    return json(reply);
  }

  private Reply send(String path, ObjectNode body) throws SnagException {
    Map<String, String> fields = fields();
    String token = cookies.get("XSRF-TOKEN");
    if (token != null) {
      fields.put("X-XSRF-TOKEN", token);
      fields.put("Cookie", "_csrf=" + cookies.getOrDefault("_csrf", "") + "; XSRF-TOKEN=" + token);
    }
    try {
      return caller.post(base + path, fields, JSON.writeValueAsBytes(body));
    } catch (CallException e) {
      throw SnagException.trouble(e.words());
    }
  }

  private Reply reply(String path) throws SnagException {
    try {
      Reply reply = caller.get(base + path, fields());
      reply.values("Set-Cookie").forEach(this::keepCookie);
      return reply;
    } catch (CallException e) {
      throw SnagException.trouble(e.words());
    }
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new HashMap<>();
    fields.put("X-Api-Key", key);
    fields.put("Accept", "application/json");
    user.ifPresent(id -> fields.put("X-Api-User", Integer.toString(id)));
    return fields;
  }

  private void keepCookie(String written) {
    String pair = written.split(";", 2)[0];
    int equals = pair.indexOf('=');
    String name = pair.substring(0, Math.max(0, equals)).strip();
    if (name.equals("_csrf") || name.equals("XSRF-TOKEN")) {
      cookies.put(name, pair.substring(equals + 1).strip());
    }
  }

  private Snag meaning(Reply reply) throws SnagException {
    String reason = SeerrReason.of(reply);
    return switch (reply.status()) {
      case 401 -> new Snag.Trouble("it refuses the key: SEERR_API_KEY is wrong");
      case 403 -> forbidden(reply, reason);
      case 400, 404, 409 -> new Snag.Refused(reason);
      case 429, 502, 503, 504 -> new Snag.Trouble("it is not well: status " + reply.status());
      case 301, 302, 303, 307, 308 ->
          new Snag.Trouble("it sends us elsewhere: SEERR_URL has to name the last address");
      default -> new Snag.Later(reason, Duration.ZERO);
    };
  }

  private Snag forbidden(Reply reply, String reason) throws SnagException {
    if (SeerrReason.isQuota(reply)) {
      return new Snag.Later(reason, QUOTA_REST);
    }
    if (SeerrReason.isBlocked(reply) || isKnown()) {
      return new Snag.Refused(reason);
    }
    return new Snag.Trouble(STRANGERS);
  }

  /** Whether it knows us at all: the same status says that we are strangers, or may not do this. */
  private boolean isKnown() throws SnagException {
    return reply(ME).isGood();
  }

  private static JsonNode json(Reply reply) throws SnagException {
    try {
      JsonNode json = JSON.readTree(reply.body());
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      // As good as none.
    }
    throw SnagException.trouble("what answers there is no Seerr: is SEERR_URL right?");
  }
}
