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
 * The HTTP interface to Seerr: adds key, user and cookies to calls, and interprets the responses.
 * Blocks; used by one thread. No message contains any part of the address or the key.
 */
final class SeerrCalls {

  /** A quota counted in days has most likely room again after this time. */
  private static final Duration QUOTA_REST = Duration.ofHours(12);

  private static final String ME = "/auth/me";
  private static final String STRANGERS =
      "it rejects the key or the user; check SEERR_API_KEY and SEERR_USER";

  static final JsonMapper JSON = JsonMapper.builder().build();

  private final Caller caller;
  private final String base;
  private final String key;
  private final OptionalInt user;

  /**
   * If CSRF protection is on, Seerr requires these cookies on every call that changes something.
   */
  private final Map<String, String> cookies = new HashMap<>();

  SeerrCalls(Caller caller, SeerrSettings settings) {
    this.caller = caller;
    this.base = settings.url().reveal() + "/api/v1";
    this.key = settings.key().reveal();
    this.user = settings.user();
  }

  /** Encodes a blank as {@code %20}, because Seerr refuses a plus sign. */
  static String escaped(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) throws SeerrException {
    Reply reply = reply(path);
    if (!reply.isGood()) {
      throw new SeerrException(meaning(reply));
    }
    return json(reply);
  }

  /**
   * The user that calls act as. A 403 means that Seerr does not know the user; no second call
   * checks that.
   */
  JsonNode me() throws SeerrException {
    Reply reply = reply(ME);
    if (reply.status() == 403) {
      throw SeerrException.trouble(STRANGERS);
    }
    return made(reply);
  }

  /** As {@link #get}; empty if the resource does not exist or this user may not see it. */
  Optional<JsonNode> find(String path) throws SeerrException {
    Reply reply = reply(path);
    if (SeerrReason.isNotThere(reply) || (reply.status() == 403 && isKnown())) {
      return Optional.empty();
    }
    if (!reply.isGood()) {
      throw new SeerrException(meaning(reply));
    }
    return Optional.of(json(reply));
  }

  /** Returns the reply with any status; the caller interprets it. */
  Reply post(String path, ObjectNode body) throws SeerrException {
    Reply reply = send(path, body);
    if (SeerrReason.isCsrf(reply)) {
      // No response has set the cookies yet, or they have expired.
      var _ = reply(ME);
      reply = send(path, body);
    }
    if (SeerrReason.isCsrf(reply)) {
      throw SeerrException.trouble(
          "its CSRF protection rejects requests; switch it off in Seerr's network settings");
    }
    return reply;
  }

  /** The body of a successful reply; throws the reason of a failed one. */
  JsonNode made(Reply reply) throws SeerrException {
    if (!reply.isGood()) {
      throw new SeerrException(meaning(reply));
    }
    return json(reply);
  }

  private Reply send(String path, ObjectNode body) throws SeerrException {
    Map<String, String> fields = fields();
    String token = cookies.get("XSRF-TOKEN");
    if (token != null) {
      fields.put("X-XSRF-TOKEN", token);
      fields.put("Cookie", "_csrf=" + cookies.getOrDefault("_csrf", "") + "; XSRF-TOKEN=" + token);
    }
    try {
      return caller.post(base + path, fields, JSON.writeValueAsBytes(body));
    } catch (CallException e) {
      throw SeerrException.trouble(e.words());
    }
  }

  private Reply reply(String path) throws SeerrException {
    try {
      Reply reply = caller.get(base + path, fields());
      reply.values("Set-Cookie").forEach(this::keepCookie);
      return reply;
    } catch (CallException e) {
      throw SeerrException.trouble(e.words());
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

  private SeerrError meaning(Reply reply) throws SeerrException {
    String reason = SeerrReason.of(reply);
    return switch (reply.status()) {
      case 401 -> new SeerrError.Trouble("it rejects the key; check SEERR_API_KEY");
      case 403 -> forbidden(reply, reason);
      case 400, 404, 409 -> new SeerrError.Refused(reason);
      case 429, 502, 503, 504 ->
          new SeerrError.Trouble("it answered with status " + reply.status());
      case 301, 302, 303, 307, 308 ->
          new SeerrError.Trouble("it redirects; set SEERR_URL to the final address");
      default -> new SeerrError.Later(reason, Duration.ZERO);
    };
  }

  private SeerrError forbidden(Reply reply, String reason) throws SeerrException {
    if (SeerrReason.isQuota(reply)) {
      return new SeerrError.Later(reason, QUOTA_REST);
    }
    if (SeerrReason.isBlocked(reply) || isKnown()) {
      return new SeerrError.Refused(reason);
    }
    return new SeerrError.Trouble(STRANGERS);
  }

  /** Whether Seerr knows the user: a 403 may also mean that a known user lacks the permission. */
  private boolean isKnown() throws SeerrException {
    return reply(ME).isGood();
  }

  private static JsonNode json(Reply reply) throws SeerrException {
    try {
      JsonNode json = JSON.readTree(reply.body());
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      // Treated like a response that is not a JSON object.
    }
    throw SeerrException.trouble("the server at that address is not Seerr; check SEERR_URL");
  }
}
