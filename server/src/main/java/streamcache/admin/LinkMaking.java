package streamcache.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import tools.jackson.databind.JsonNode;

/**
 * Makes a sealed link, the only form that hides the URL.
 *
 * @param base what links begin with
 */
record LinkMaking(Links links, Supplier<String> base, InstantSource clock) {

  private static final String URL = "url";
  private static final String EXPIRES = "expiresSeconds";

  /** Ten years. */
  private static final long MOST_SECONDS = Duration.ofDays(3650).toSeconds();

  JsonNode run(ApiRequest request) throws ApiException {
    JsonNode body = request.permit().body();
    if (!Set.of(URL, EXPIRES).containsAll(body.propertyNames())) {
      throw ApiException.badRequest("The body has no properties but url and expiresSeconds.");
    }
    if (!body.path(URL).isString()) {
      throw ApiException.badRequest("url is the URL of a film at its provider.");
    }
    try {
      String path = links.make(LinkForm.SEALED, body.path(URL).asString(), expires(body));
      Link link = links.open(path).link();
      return ApiAnswer.object()
          .put("link", base.get() + path)
          .put("id", link.key().value())
          .put("name", link.name())
          .put("host", link.secrets().shownHost(link.url().host()));
    } catch (BadLink e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Instant> expires(JsonNode body) throws ApiException {
    JsonNode seconds = body.path(EXPIRES);
    if (seconds.isMissingNode()) {
      return Optional.empty();
    }
    if (!seconds.isIntegralNumber()
        || !seconds.canConvertToLong()
        || seconds.asLong() < 1
        || seconds.asLong() > MOST_SECONDS) {
      throw ApiException.badRequest("expiresSeconds is a number from 1 to " + MOST_SECONDS + ".");
    }
    return Optional.of(clock.instant().plusSeconds(seconds.asLong()));
  }
}
