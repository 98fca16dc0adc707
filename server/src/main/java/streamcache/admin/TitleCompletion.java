package streamcache.admin;

import java.util.List;
import java.util.Optional;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.prewarm.PrewarmPart;
import streamcache.store.Generation;
import streamcache.store.Title;
import tools.jackson.databind.JsonNode;

/** Has the rest of a stored title fetched although nobody plays it. */
record TitleCompletion(AdminParts parts) {

  JsonNode run(ApiRequest request) throws ApiException {
    TitleKey key = request.permit().title();
    if (!request.body().isEmpty()) {
      throw ApiException.badRequest("The body has no properties.");
    }
    if (!parts.prewarms().add(List.of(link(key)), PrewarmPart.ALL)) {
      throw PrewarmOrder.full();
    }
    return ApiAnswer.object().put("id", key.value()).put("part", PrewarmPart.ALL.word());
  }

  private Link link(TitleKey key) throws ApiException {
    if (parts.store().inventory().use(key).isEmpty()) {
      throw TitleDetail.unknown();
    }
    try (Title title = parts.store().title(key)) {
      Generation generation = title.generation().orElseThrow(TitleDetail::unknown);
      if (generation.isComplete()) {
        throw ApiException.notPossible("All of this title is stored.");
      }
      return opened(generation.facts().original());
    }
  }

  private Link opened(Optional<String> original) throws ApiException {
    try {
      return parts.originals().open(original.orElse("")).link();
    } catch (BadLink e) {
      throw ApiException.notPossible(
          "It is not known where this title came from, or its key is gone; play it once, or prewarm"
              + " its URL.");
    }
  }
}
