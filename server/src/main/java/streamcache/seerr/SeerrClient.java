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

/** The calls to Seerr, with typed parameters and results. Blocks; used by one thread. */
final class SeerrClient {

  private static final int VIDEO = 1;
  private static final int OPEN = 1;

  /** A search result. */
  record Found(MediaIdentity.Kind kind, long tmdb, List<String> titles, OptionalInt year) {}

  /** The outcome of a request. */
  sealed interface Asked {

    record Made(long number) implements Asked {}

    /** The work was requested before. */
    record Already() implements Asked {}
  }

  private final SeerrCalls calls;

  SeerrClient(Caller caller, SeerrSettings settings) {
    this.calls = new SeerrCalls(caller, settings);
  }

  /** Checks that Seerr is there and accepts the key; returns its version and user, for people. */
  String introduce() throws SeerrException {
    JsonNode status = calls.get("/status");
    if (!status.path("version").isString()) {
      throw SeerrException.trouble("the server at that address is not Seerr; check SEERR_URL");
    }
    String version = status.get("version").asString();
    // A foreign program might send any text here.
    String shown = version.matches("[0-9]{1,4}(?:\\.[0-9]{1,4}){1,3}") ? version : "unknown";
    return "version %s as user %d".formatted(shown, calls.me().path("id").asLong());
  }

  SeerrMedia media(MediaIdentity.Kind kind, long tmdb) throws SeerrException {
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
   * @param query in the syntax of the search of Seerr, such as {@code imdb:tt0133093}
   */
  List<Found> search(String query) throws SeerrException {
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

  /** Empty if the issue does not exist or this user may not see it. */
  Optional<SeerrIssue> issue(long number) throws SeerrException {
    return calls.find("/issue/" + number).map(SeerrClient::issue);
  }

  /** Returns the number of the new issue. */
  long report(long media, String text, MediaIdentity work) throws SeerrException {
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

  void comment(long issue, String text) throws SeerrException {
    ObjectNode body = SeerrCalls.JSON.createObjectNode().put("message", text);
    var _ = calls.made(calls.post("/issue/" + issue + "/comment", body));
  }

  void resolve(long issue) throws SeerrException {
    ObjectNode none = SeerrCalls.JSON.createObjectNode();
    var _ = calls.made(calls.post("/issue/" + issue + "/resolved", none));
  }

  /**
   * @param season the season of a series; empty for a film
   */
  Asked request(MediaIdentity.Kind kind, long tmdb, OptionalInt season) throws SeerrException {
    ObjectNode body =
        SeerrCalls.JSON
            .createObjectNode()
            .put("mediaType", word(kind))
            .put("mediaId", tmdb)
            // Without this, Seerr would not check for an earlier request.
            .put("is4k", false);
    season.ifPresent(number -> body.putArray("seasons").add(number));
    Reply reply = calls.post("/request", body);
    return reply.status() == 409 || reply.status() == 202
        ? new Asked.Already()
        : new Asked.Made(calls.made(reply).path("id").asLong());
  }

  private static Found movie(JsonNode result) {
    return found(MediaIdentity.Kind.MOVIE, result, "title", "originalTitle", "releaseDate");
  }

  private static Found series(JsonNode result) {
    return found(MediaIdentity.Kind.TV, result, "name", "originalName", "firstAirDate");
  }

  private static Found found(
      MediaIdentity.Kind kind, JsonNode result, String title, String original, String date) {
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

  private static String word(MediaIdentity.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
