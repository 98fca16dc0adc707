package streamcache.admin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.http.Clients;
import streamcache.link.Link;
import streamcache.link.SafeText;
import streamcache.playback.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests of players that are being answered. */
record RunningPlays(PlayList plays, Clients clients) {

  private static final int MOST_AGENT = 200;

  /** A single range with a first byte. */
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-[0-9]*");

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    ObjectNode answer = ApiAnswer.object();
    answer.set("plays", now());
    return answer;
  }

  ArrayNode now() {
    ArrayNode rows = ApiAnswer.array();
    plays.all().forEach(play -> add(play, rows.addObject()));
    return rows;
  }

  private void add(PlayList.Running play, ObjectNode row) {
    Request request = play.play().request();
    Link link = play.play().link();
    long sent = play.play().sent().getAsLong();
    row.put("id", request.id())
        .put("title", link.key().value())
        .put("name", link.name())
        .put("host", link.secrets().shownHost(link.url().host()))
        .put("client", clients.address(request).getHostAddress())
        .put("agent", agent(request, link))
        .put("since", play.since().toString())
        .put("sentBytes", sent);
    start(request).ifPresent(start -> row.put("position", start + sent));
  }

  /** What a player calls itself, unless that holds a secret. */
  private static String agent(Request request, Link link) {
    String written = SafeText.of(request.headers().first("User-Agent").orElse(""));
    String agent = written.length() > MOST_AGENT ? written.substring(0, MOST_AGENT) : written;
    return link.secrets().mayShow(agent) ? agent : "";
  }

  /** Where the response begins in the title, as far as the request says. */
  private static Optional<Long> start(Request request) {
    Optional<String> written = request.headers().first("Range");
    if (written.isEmpty()) {
      return Optional.of(0L);
    }
    Matcher range = RANGE.matcher(written.get());
    return range.matches() ? Optional.of(Long.valueOf(range.group(1))) : Optional.empty();
  }
}
