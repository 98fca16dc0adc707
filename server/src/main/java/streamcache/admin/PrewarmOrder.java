package streamcache.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.prewarm.PrewarmPart;
import streamcache.prewarm.Prewarms;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds titles to those that are fetched before anybody plays them. Each is named by a URL at its
 * provider or by a link of this server. If one of them cannot be used, none is added.
 */
record PrewarmOrder(Prewarms prewarms, NamedLinks links) {

  /** More of them hardly fit into a body. */
  static final int MOST = 500;

  private static final String URLS = "urls";
  private static final String PART = "part";

  JsonNode run(ApiRequest request) throws ApiException {
    JsonNode body = request.permit().body();
    if (!Set.of(URLS, PART).containsAll(body.propertyNames())) {
      throw ApiException.badRequest("The body has no properties but urls and part.");
    }
    PrewarmPart part = part(body.path(PART));
    List<Link> titles = titles(body.path(URLS));
    if (!prewarms.add(titles, part)) {
      throw full();
    }
    ObjectNode answer = ApiAnswer.object().put(PART, part.word());
    ArrayNode ids = answer.putArray("ids");
    titles.forEach(title -> ids.add(title.key().value()));
    return answer;
  }

  static ApiException full() {
    return ApiException.notPossible(
        "The queue holds at most "
            + Prewarms.MOST
            + " titles; wait until some of them are stored.");
  }

  private static PrewarmPart part(JsonNode written) throws ApiException {
    if (written.isMissingNode()) {
      return PrewarmPart.ENDS;
    }
    return PrewarmPart.of(written.asString(""))
        .orElseThrow(() -> ApiException.badRequest("part is ends or all."));
  }

  private List<Link> titles(JsonNode urls) throws ApiException {
    if (!urls.isArray() || urls.isEmpty() || urls.size() > MOST) {
      throw ApiException.badRequest("urls is a list of 1 to " + MOST + " URLs or links.");
    }
    List<Link> titles = new ArrayList<>();
    for (JsonNode url : urls) {
      titles.add(title(url, titles.size() + 1));
    }
    return titles;
  }

  private Link title(JsonNode url, int place) throws ApiException {
    try {
      Link link = links.of(url.isString() ? url.asString() : "");
      if (link.isLive()) {
        throw new BadLink("This is a live channel, of which nothing is stored.");
      }
      return link;
    } catch (BadLink e) {
      throw ApiException.badRequest("Number %d of urls: %s".formatted(place, e.getMessage()));
    }
  }
}
