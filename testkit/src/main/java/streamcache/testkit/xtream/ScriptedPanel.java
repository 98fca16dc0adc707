package streamcache.testkit.xtream;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;
import streamcache.testkit.Wire;

/**
 * An Xtream panel on a real socket with one account. Each action of its {@code player_api.php} has
 * a script, which by default is an empty list; its films are those of the scripted origin. Any
 * thread.
 */
public final class ScriptedPanel implements AutoCloseable {

  public static final String USER = "CanaryViewer";
  public static final String PASSWORD = "CanaryWord77";

  /** The action of a request that names none: the account itself. */
  public static final String ACCOUNT = "";

  private static final String API = "/player_api.php";

  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  private ScriptedPanel() {
    origin.on(API, this::answer).allow(10_000, "an import asks about each series");
    account("\"max_connections\":\"1\"");
  }

  /** A panel whose account is active and allows one connection, and that lists nothing. */
  public static ScriptedPanel start() {
    return new ScriptedPanel();
  }

  /** Refuses more than this many responses at a time, with the status that panels use. */
  public ScriptedPanel limit(StreamLimit limit) {
    origin.budget(limit);
    return this;
  }

  /** Adds fields to what it says about the account; a later field wins. */
  public ScriptedPanel account(String fields) {
    return answer(
        ACCOUNT,
        "{\"user_info\":{\"auth\":\"1\",\"status\":\"Active\",\"exp_date\":null,"
            + fields
            + "},\"server_info\":[]}");
  }

  /** Answers an action with JSON. */
  public ScriptedPanel answer(String action, String json) {
    return answer(action, Script.status(200, "application/json", json));
  }

  /**
   * Answers an action according to a script, whose requests are counted for the action.
   *
   * @param action such as {@code get_series}, or {@code get_series_info 7} for one series
   */
  public ScriptedPanel answer(String action, Script script) {
    scripts.put(action, script.closing());
    return this;
  }

  /** Serves a film of the account at {@code /movie/USER/PASSWORD/name}. */
  public ScriptedPanel film(String name, Script script) {
    origin.serve("/movie/" + USER + "/" + PASSWORD + "/" + name, script);
    return this;
  }

  public ScriptedOrigin origin() {
    return origin;
  }

  /** Its address, as a user writes it. */
  public String url() {
    return origin.url("");
  }

  /** All requests for an action so far; {@code get_series_info} includes those for each series. */
  public List<RecordedRequest> requests(String action) {
    return origin.requests(API).stream()
        .filter(request -> parameters(request).getOrDefault("action", ACCOUNT).equals(action))
        .toList();
  }

  /** The number of requests of any action. */
  public int questions() {
    return origin.requests(API).size();
  }

  private void answer(Wire wire) throws IOException {
    Map<String, String> parameters = parameters(wire.request());
    boolean isKnown =
        USER.equals(parameters.get("username")) && PASSWORD.equals(parameters.get("password"));
    if (!isKnown) {
      wire.play(Script.status(200, "text/html", "{\"user_info\":{\"auth\":0}}").closing());
      return;
    }
    String action = parameters.getOrDefault("action", ACCOUNT);
    String whole = action + " " + parameters.get("series_id");
    String key = scripts.containsKey(whole) ? whole : action;
    int number = counts.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
    Script empty = Script.status(200, "application/json", "[]").closing();
    wire.play(scripts.getOrDefault(key, empty).at(number));
  }

  private static Map<String, String> parameters(RecordedRequest request) {
    Map<String, String> parameters = new HashMap<>();
    String target = request.target();
    for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(
          parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  @Override
  public void close() {
    origin.close();
  }
}
