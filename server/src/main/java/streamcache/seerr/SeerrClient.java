package streamcache.seerr;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.outbox.Caller;
import streamcache.outbox.Reply;
import streamcache.settings.SeerrSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of Seerr, as values. Blocks; used by one thread. */
final class SeerrClient {

  private static final int VIDEO = 1;
  private static final int OPEN = 1;

  /** Found by a search. */
  record Found(Work.Kind kind, long tmdb, List<String> titles, OptionalInt year) {}

  /** What became of a request. */
  sealed interface Asked {

    record Made(long number) implements Asked {}

    /** Somebody was first. */
    record Already() implements Asked {}
  }

  private final SeerrCalls calls;

  SeerrClient(Caller caller, SeerrSettings settings) {
    this.calls = new SeerrCalls(caller, settings);
  }

  /** Whether it is there, is a Seerr, and takes the key; who we are, for people. */
  String introduce() throws SnagException {
    JsonNode status = calls.get("/status");
    if (!status.path("version").isString()) {
      throw SnagException.trouble("what answers there is no Seerr: is SEERR_URL right?");
    }
    String version = status.get("version").asString();
    // Whatever else answers there might say anything.
    String shown = version.matches("[0-9]{1,4}(?:\\.[0-9]{1,4}){1,3}") ? version : "unknown";
    return "version %s, as user %d".formatted(shown, calls.me().path("id").asLong());
  }

  SeerrMedia media(Work.Kind kind, long tmdb) throws SnagException {
    JsonNode info = calls.get("/" + word(kind) + "/" + tmdb).path("mediaInfo");
    List<Long> open = new ArrayList<>();
    for (JsonNode issue : info.path("issues")) {
      if (issue.path("status").asInt() == OPEN) {
        open.add(issue.path("id").asLong());
      }
    }
    return new SeerrMedia(
        info.has("id") ? OptionalLong.of(info.get("id").asLong()) : OptionalLong.empty(),
        info.path("status").asInt(SeerrMedia.UNKNOWN),
        open);
  }

  /**
   * @param query as Seerr's own search takes it, such as {@code imdb:tt0133093}
   */
  List<Found> search(String query) throws SnagException {
    JsonNode answer = calls.get("/search?query=" + SeerrCalls.escaped(query));
    List<Found> all = new ArrayList<>();
    for (JsonNode result : answer.path("results")) {
      String type = result.path("mediaType").asString("");
      if (type.equals("movie") || type.equals("tv")) {
        all.add(type.equals("tv") ? series(result) : movie(result));
      }
    }
    return all;
  }

  /** Empty when there is none, or it is not ours to see. */
  Optional<SeerrIssue> issue(long number) throws SnagException {
    return calls.find("/issue/" + number).map(SeerrClient::issue);
  }

  /** Returns its number. */
  long report(long media, String text, Work work) throws SnagException {
    ObjectNode body =
        SeerrCalls.JSON
            .createObjectNode()
            .put("issueType", VIDEO)
            .put("message", text)
            .put("mediaId", media)
            .put("problemSeason", work.season().orElse(0))
            .put("problemEpisode", work.episode().orElse(0));
    return calls.made(calls.post("/issue", body)).path("id").asLong();
  }

  void comment(long issue, String text) throws SnagException {
    ObjectNode body = SeerrCalls.JSON.createObjectNode().put("message", text);
    var _ = calls.made(calls.post("/issue/" + issue + "/comment", body));
  }

  void resolve(long issue) throws SnagException {
    ObjectNode none = SeerrCalls.JSON.createObjectNode();
    var _ = calls.made(calls.post("/issue/" + issue + "/resolved", none));
  }

  /**
   * @param season of a series; none for a film
   */
  Asked request(Work.Kind kind, long tmdb, OptionalInt season) throws SnagException {
    ObjectNode body =
        SeerrCalls.JSON
            .createObjectNode()
            .put("mediaType", word(kind))
            .put("mediaId", tmdb)
            // Left out, Seerr would not look whether somebody has asked before.
            .put("is4k", false);
    season.ifPresent(number -> body.putArray("seasons").add(number));
    Reply reply = calls.post("/request", body);
    return reply.status() == 409 || reply.status() == 202
        ? new Asked.Already()
        : new Asked.Made(calls.made(reply).path("id").asLong());
  }

  private static Found movie(JsonNode result) {
    return found(Work.Kind.MOVIE, result, "title", "originalTitle", "releaseDate");
  }

  private static Found series(JsonNode result) {
    return found(Work.Kind.TV, result, "name", "originalName", "firstAirDate");
  }

  private static Found found(
      Work.Kind kind, JsonNode result, String title, String original, String date) {
    List<String> titles =
        List.of(result.path(title).asString(""), result.path(original).asString(""));
    String day = result.path(date).asString("");
    OptionalInt year =
        day.matches("[0-9]{4}.*")
            ? OptionalInt.of(Integer.parseInt(day.substring(0, 4)))
            : OptionalInt.empty();
    return new Found(kind, result.path("id").asLong(), titles, year);
  }

  private static SeerrIssue issue(JsonNode json) {
    List<SeerrIssue.Comment> comments = new ArrayList<>();
    for (JsonNode comment : json.path("comments")) {
      String text = comment.path("message").asString("");
      comments.add(new SeerrIssue.Comment(text, time(comment.path("createdAt").asString(""))));
    }
    return new SeerrIssue(
        json.path("id").asLong(),
        json.path("status").asInt() == OPEN,
        json.path("problemSeason").asInt(0),
        json.path("problemEpisode").asInt(0),
        comments);
  }

  private static Instant time(String written) {
    try {
      return Instant.parse(written);
    } catch (DateTimeException unknown) {
      return Instant.EPOCH;
    }
  }

  private static String word(Work.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
