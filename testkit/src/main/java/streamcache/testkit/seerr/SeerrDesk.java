package streamcache.testkit.seerr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.Wire;
import streamcache.testkit.seerr.FakeSeerr.Right;
import streamcache.testkit.seerr.SeerrShelf.Issue;
import streamcache.testkit.seerr.SeerrShelf.Media;
import streamcache.testkit.seerr.SeerrShelf.Work;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers one call to a fake Seerr according to the measured table. Under the lock of its owner.
 */
final class SeerrDesk {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CSRF = "zWk3tOken";
  private static final Pattern BY_ID = Pattern.compile("(tmdb|imdb|tvdb):(\\w+)");
  private static final Pattern YEAR = Pattern.compile("year:([0-9]{4})");
  private static final Pattern PATH = Pattern.compile("/api/v1/(\\w+)(?:/(\\w+))?(?:/(\\w+))?");

  /** Ends a call with a status and a message. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Script answer;

    Refused(int status, String message) {
      super(message);
      answer = json(status, JSON.createObjectNode().put("message", message));
    }
  }

  private final FakeSeerr seerr;
  private final SeerrShelf shelf;

  SeerrDesk(FakeSeerr seerr) {
    this.seerr = seerr;
    this.shelf = seerr.shelf;
  }

  Script answer(Wire wire) {
    try {
      Script answer = route(wire);
      return seerr.isCsrfOn ? answer.rawHead(SeerrDesk::withCookies) : answer;
    } catch (Refused refused) {
      return refused.answer;
    }
  }

  private static String withCookies(String head) {
    return head.replaceFirst(
        "\r\n",
        "\r\nSet-Cookie: _csrf=s3cret; Path=/; HttpOnly; SameSite=Strict"
            + "\r\nSet-Cookie: XSRF-TOKEN="
            + CSRF
            + "; Path=/; Secure; SameSite=Strict\r\n");
  }

  private Script route(Wire wire) {
    RecordedRequest request = wire.request();
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      throw new Refused(404, "not found");
    }
    String what = path.group(1);
    if (what.equals("status")) {
      return json(200, JSON.createObjectNode().put("version", "3.1.0").put("commitTag", "f74306e"));
    }
    checkCsrf(request);
    int user = user(request);
    boolean isPost = request.method().equals("POST");
    String key = what + (path.group(2) == null ? "" : "/*") + (isPost ? " POST" : "");
    return switch (key) {
      case "auth/*" -> me(user);
      case "search" -> json(200, search(request));
      case "movie/*", "tv/*" -> json(200, details(what, Long.parseLong(path.group(2))));
      case "request POST" -> request(body(wire), user);
      case "issue POST" -> report(body(wire), user);
      case "issue" -> json(200, openIssues(user));
      case "issue/*" -> json(200, shelf.full(issue(path.group(2), user)));
      case "issue/* POST" -> follow(issue(path.group(2), user), path.group(3), wire, user);
      default -> throw new Refused(404, "not found");
    };
  }

  /** Reads are allowed; a change needs both cookies and the header field. */
  private void checkCsrf(RecordedRequest request) {
    String cookies = request.header("Cookie").orElse("");
    boolean isGood =
        cookies.contains("_csrf=s3cret")
            && cookies.contains("XSRF-TOKEN=" + CSRF)
            && request.header("X-XSRF-TOKEN").filter(CSRF::equals).isPresent();
    if (seerr.isCsrfOn && !request.method().equals("GET") && !isGood) {
      throw new Refused(403, "invalid csrf token");
    }
  }

  private int user(RecordedRequest request) {
    Optional<String> key = request.header("X-Api-Key");
    if (key.isEmpty()) {
      throw new Refused(401, "cookie 'connect.sid' required");
    }
    int user = request.header("X-Api-User").map(Integer::parseInt).orElse(1);
    if (!key.get().equals(FakeSeerr.KEY) || !seerr.users.containsKey(user)) {
      throw new Refused(403, "You do not have permission to access this endpoint");
    }
    return user;
  }

  private Script me(int user) {
    return json(
        200,
        JSON.createObjectNode()
            .put("id", user)
            .put("displayName", "user" + user)
            .put("permissions", may(user, Right.MANAGE) ? 2 : 32));
  }

  private boolean may(int user, Right right) {
    List<Right> rights = seerr.users.getOrDefault(user, List.of());
    return rights.contains(right) || rights.contains(Right.MANAGE);
  }

  private ObjectNode details(String type, long tmdb) {
    Optional<Work> work = seerr.isCatalogueDown ? Optional.empty() : shelf.work(type, tmdb);
    return shelf.details(
        work.orElseThrow(() ->
            new Refused(500, "Unable to retrieve " + (type.equals("tv") ? "series." : "movie."))));
  }

  private ObjectNode search(RecordedRequest request) {
    String written = request.target().replaceFirst(".*[?&]query=([^&]*).*", "$1");
    if (written.contains("+")) {
      throw new Refused(400, "Parameter 'query' must be url encoded.");
    }
    String query = URLDecoder.decode(written, UTF_8);
    ArrayNode results = JSON.createArrayNode();
    if (!seerr.isCatalogueDown) {
      found(query).forEach(work -> results.add(work.json()));
    }
    ObjectNode json = JSON.createObjectNode().put("page", 1).put("totalPages", 1);
    return json.put("totalResults", results.size()).set("results", results);
  }

  private Stream<Work> found(String query) {
    Matcher byId = BY_ID.matcher(query);
    if (byId.find()) {
      return shelf.works().stream()
          .filter(work ->
              byId.group(1).equals("imdb")
                  ? work.imdb().equals(byId.group(2))
                  : Long.toString(work.tmdb()).equals(byId.group(2)));
    }
    Matcher year = YEAR.matcher(query);
    Optional<Integer> wanted =
        year.find() ? Optional.of(Integer.parseInt(year.group(1))) : Optional.empty();
    String words = YEAR.matcher(query).replaceAll("").strip().toLowerCase(Locale.ROOT);
    return shelf.works().stream()
        .filter(work -> wanted.isEmpty() || wanted.get() == work.year())
        .filter(work ->
            (work.title() + " " + work.original()).toLowerCase(Locale.ROOT).contains(words));
  }

  private Script request(JsonNode body, int user) {
    if (!body.path("mediaId").isIntegralNumber() || !body.path("mediaType").isString()) {
      throw new Refused(400, "request/body must have required property 'mediaId'");
    }
    String type = body.get("mediaType").asString();
    if (!may(user, Right.REQUEST)) {
      throw new Refused(403, "You do not have permission to make " + type + " requests.");
    }
    long tmdb = body.get("mediaId").asLong();
    Work work =
        (seerr.isCatalogueDown ? Optional.<Work>empty() : shelf.work(type, tmdb))
            .orElseThrow(() -> new Refused(500, "[TMDB] Failed to fetch " + type + " details"));
    Media media = shelf.media(work);
    if (media != null && media.status == SeerrShelf.BLOCKLISTED) {
      throw new Refused(403, "This media is blocklisted.");
    }
    checkQuota(work, user);
    boolean is4kSaid = body.has("is4k");
    List<Integer> seasons = work.isTv() ? seasons(work, body) : List.of();
    boolean isAsked =
        shelf.requests.stream().anyMatch(old -> old.work().equals(work) && old.is4kSaid());
    if (!work.isTv() && is4kSaid && isAsked) {
      throw new Refused(409, "Request for this media already exists.");
    }
    var made = shelf.request(work, is4kSaid, seasons, user);
    if (media == null || media.status == SeerrShelf.UNKNOWN || media.status == 7) {
      boolean isApproved = may(user, Right.MANAGE);
      var _ = shelf.manage(work, isApproved ? SeerrShelf.PROCESSING : SeerrShelf.PENDING);
    }
    return json(201, JSON.createObjectNode().put("id", made.id()).put("status", 1));
  }

  private void checkQuota(Work work, int user) {
    Integer left = seerr.movieQuotas.get(user);
    if (left == null || work.isTv()) {
      return;
    }
    if (left <= 0) {
      throw new Refused(403, "Movie Quota exceeded.");
    }
    seerr.movieQuotas.put(user, left - 1);
  }

  /** Returns the seasons not requested yet; without a list of seasons the real one fails. */
  private List<Integer> seasons(Work work, JsonNode body) {
    if (!body.path("seasons").isArray()) {
      throw new Refused(500, "Cannot read properties of undefined (reading 'filter')");
    }
    List<Integer> seasons = new ArrayList<>();
    body.get("seasons").forEach(season -> seasons.add(season.asInt()));
    shelf.requests.stream()
        .filter(old -> old.work().equals(work))
        .forEach(old -> seasons.removeAll(old.seasons()));
    if (seasons.isEmpty()) {
      throw new Refused(202, "No seasons available to request");
    }
    return seasons;
  }

  private Script report(JsonNode body, int user) {
    if (!may(user, Right.CREATE_ISSUES)) {
      throw new Refused(403, "You do not have permission to access this endpoint");
    }
    if (!body.path("issueType").isIntegralNumber() || !body.path("message").isString()) {
      throw new Refused(400, "request/body must have required property 'issueType'");
    }
    Work work =
        shelf
            .ofMedia(body.path("mediaId").asInt())
            .orElseThrow(() -> new Refused(404, "Media does not exist."));
    Issue issue =
        shelf.report(
            work,
            body.get("issueType").asInt(),
            body.path("problemSeason").asInt(0),
            body.path("problemEpisode").asInt(0),
            user);
    shelf.comment(issue, user, body.get("message").asString());
    return json(200, shelf.full(issue));
  }

  private Issue issue(String id, int user) {
    Issue issue = id.matches("[0-9]+") ? shelf.issue(Integer.parseInt(id)).orElse(null) : null;
    if (issue == null) {
      throw new Refused(500, "Issue not found.");
    }
    if (issue.user != user && !may(user, Right.MANAGE)) {
      throw new Refused(403, "You do not have permission to view this issue.");
    }
    return issue;
  }

  private Script follow(Issue issue, String how, Wire wire, int user) {
    switch (how) {
      case "comment" -> shelf.comment(issue, user, body(wire).get("message").asString());
      case "resolved" -> issue.isOpen = false;
      case "open" -> issue.isOpen = true;
      default -> throw new Refused(400, "You must provide a valid status");
    }
    return json(200, shelf.full(issue));
  }

  private ObjectNode openIssues(int user) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode results = json.putArray("results");
    shelf.issues.stream()
        .filter(issue -> issue.isOpen && (issue.user == user || may(user, Right.MANAGE)))
        .forEach(issue -> results.add(shelf.full(issue)));
    return json;
  }

  private static JsonNode body(Wire wire) {
    try {
      return JSON.readTree(wire.requestBody());
    } catch (JacksonException e) {
      throw new Refused(400, "Unexpected token in JSON");
    }
  }

  private static Script json(int status, JsonNode body) {
    return Script.status(status, "application/json; charset=utf-8", body.toString());
  }
}
