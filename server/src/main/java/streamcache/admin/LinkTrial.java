package streamcache.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import streamcache.fill.Fills;
import streamcache.fill.QueryPurpose;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.origin.LinkProbe;
import streamcache.origin.OriginException;
import streamcache.trouble.Cause;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows what a provider answers for a URL. The request is a connection of its account like any
 * other: it waits for those of players, and is not sent while they need them.
 */
record LinkTrial(NamedLinks links, Fills fills, LinkProbe probe, InstantSource clock) {

  private static final String URL = "url";

  JsonNode run(ApiRequest request) throws ApiException {
    JsonNode body = request.permit().body();
    if (!Set.of(URL).containsAll(body.propertyNames()) || !body.path(URL).isString()) {
      throw ApiException.badRequest(
          "The body has one property, url: the URL of a film at its provider, or a link.");
    }
    try {
      return answer(links.of(body.path(URL).asString()));
    } catch (BadLink e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private JsonNode answer(Link link) throws ApiException {
    Instant begin = clock.instant();
    ObjectNode answer = ApiAnswer.object();
    try {
      Optional<LinkProbe.Head> head =
          fills.sideQuery(link, QueryPurpose.LINK_TEST, (call, _) -> probe.ask(link, call));
      if (head.isEmpty()) {
        throw ApiException.inUse(
            "The account is in use. Test the link again when nothing of its provider is played.");
      }
      put(answer, head.get());
    } catch (OriginException e) {
      answer.put("host", link.secrets().shownHost(link.url().host()));
      answer.put("words", Cause.of(e.failure()).headline());
      answer.put("problem", sentences(e.failure()));
      e.failure().upstreamStatus().ifPresent(status -> answer.put("status", status));
    }
    long millis = Duration.between(begin, clock.instant()).toMillis();
    return answer.put("seconds", Math.max(0, millis) / 1e3);
  }

  private static String sentences(Failure failure) {
    Cause cause = Cause.of(failure);
    return cause.headline() + ". " + cause.meaning();
  }

  private static void put(ObjectNode answer, LinkProbe.Head head) {
    answer.put("host", head.host()).put("status", head.status());
    answer.put("redirects", head.redirects());
    head.failure().ifPresent(failure -> answer.put("problem", sentences(failure)));
    ArrayNode fields = answer.putArray("fields");
    for (LinkProbe.Field field : head.fields()) {
      ObjectNode row = fields.addObject().put("name", field.name());
      field.value().ifPresent(value -> row.put("value", value));
    }
  }
}
