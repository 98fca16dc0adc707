package streamcache.testkit.seerr;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a fake Seerr: works of its catalogue, which of them it manages, requests and issues.
 * Guarded by its owner.
 */
final class SeerrShelf {

  static final int UNKNOWN = 1;
  static final int PENDING = 2;
  static final int PROCESSING = 3;
  static final int BLOCKLISTED = 6;

  /** A work in the catalogue that Seerr itself queries (TMDB). */
  record Work(String type, long tmdb, String title, String original, int year, String imdb) {
    boolean isTv() {
      return type.equals("tv");
    }

    ObjectNode json() {
      ObjectNode json = JSON.createObjectNode().put("id", tmdb).put("mediaType", type);
      String date = year + "-03-31";
      return isTv()
          ? json.put("name", title).put("originalName", original).put("firstAirDate", date)
          : json.put("title", title).put("originalTitle", original).put("releaseDate", date);
    }
  }

  /** A work that Seerr manages. */
  static final class Media {
    final int id;
    int status;

    Media(int id, int status) {
      this.id = id;
      this.status = status;
    }
  }

  /** A request by a user. */
  record Request(int id, Work work, boolean is4kSaid, List<Integer> seasons, int user) {}

  /** A problem that a user has reported. */
  static final class Issue {
    final int id;
    final Work work;
    final int type;
    final int season;
    final int episode;
    final int user;
    final List<Comment> comments = new ArrayList<>();
    boolean isOpen = true;

    Issue(int id, Work work, int type, int season, int episode, int user) {
      this.id = id;
      this.work = work;
      this.type = type;
      this.season = season;
      this.episode = episode;
      this.user = user;
    }
  }

  record Comment(int id, int user, String message, String at) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final InstantSource clock;
  private final List<Work> works = new ArrayList<>();
  private final Map<Work, Media> managed = new LinkedHashMap<>();
  final List<Request> requests = new ArrayList<>();
  final List<Issue> issues = new ArrayList<>();
  private int lastId = 10;

  SeerrShelf(InstantSource clock) {
    this.clock = clock;
  }

  void add(Work work) {
    works.add(work);
  }

  List<Work> works() {
    return works;
  }

  Optional<Work> work(String type, long tmdb) {
    return works.stream()
        .filter(work -> work.type().equals(type) && work.tmdb() == tmdb)
        .findFirst();
  }

  Media manage(Work work, int status) {
    Media media = managed.computeIfAbsent(work, _ -> new Media(++lastId, status));
    media.status = status;
    return media;
  }

  @Nullable Media media(Work work) {
    return managed.get(work);
  }

  Optional<Work> ofMedia(int id) {
    return managed.entrySet().stream()
        .filter(entry -> entry.getValue().id == id)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  Request request(Work work, boolean is4kSaid, List<Integer> seasons, int user) {
    Request request = new Request(++lastId, work, is4kSaid, seasons, user);
    requests.add(request);
    return request;
  }

  Issue report(Work work, int type, int season, int episode, int user) {
    Issue issue = new Issue(++lastId, work, type, season, episode, user);
    issues.add(issue);
    return issue;
  }

  void comment(Issue issue, int user, String message) {
    issue.comments.add(new Comment(++lastId, user, message, clock.instant().toString()));
  }

  Optional<Issue> issue(int id) {
    return issues.stream().filter(issue -> issue.id == id).findFirst();
  }

  ObjectNode details(Work work) {
    ObjectNode json = work.json();
    Media media = managed.get(work);
    if (media == null) {
      return json;
    }
    ObjectNode info = json.putObject("mediaInfo");
    info.put("id", media.id).put("tmdbId", work.tmdb()).put("status", media.status);
    ArrayNode asked = info.putArray("requests");
    requests.stream()
        .filter(request -> request.work().equals(work))
        .forEach(request -> asked.addObject().put("id", request.id()).put("status", 1));
    ArrayNode reported = info.putArray("issues");
    issues.stream()
        .filter(issue -> issue.work.equals(work))
        .forEach(issue -> reported.add(brief(issue)));
    return json;
  }

  static ObjectNode brief(Issue issue) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", issue.id)
            .put("issueType", issue.type)
            .put("status", issue.isOpen ? 1 : 2)
            .put("problemSeason", issue.season)
            .put("problemEpisode", issue.episode);
    json.putObject("createdBy").put("id", issue.user);
    return json;
  }

  ObjectNode full(Issue issue) {
    ObjectNode json = brief(issue);
    Media media = managed.get(issue.work);
    if (media != null) {
      json.putObject("media").put("id", media.id).put("tmdbId", issue.work.tmdb());
    }
    ArrayNode comments = json.putArray("comments");
    for (Comment comment : issue.comments) {
      ObjectNode said = comments.addObject();
      said.put("id", comment.id()).put("message", comment.message()).put("createdAt", comment.at());
      said.putObject("user").put("id", comment.user());
    }
    return json;
  }
}
