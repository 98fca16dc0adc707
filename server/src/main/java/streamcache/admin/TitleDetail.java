package streamcache.admin;

import java.util.Optional;
import streamcache.link.TitleKey;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.Title;
import streamcache.store.TitleUse;
import tools.jackson.databind.JsonNode;

/** One title. */
record TitleDetail(Store store) {

  JsonNode show(ApiRequest request) throws ApiException {
    TitleKey key = request.permit().title();
    boolean isInUse = store.inventory().isInUse(key);
    Optional<TitleUse> known = store.inventory().use(key);
    if (known.isPresent()) {
      try (Title title = store.title(key)) {
        Optional<Generation> generation = title.generation();
        if (generation.isPresent()) {
          return TitleRow.of(
              known.get(), generation.get(), isInUse, store.inventory().isPinned(key));
        }
      }
    }
    throw unknown();
  }

  static ApiException unknown() {
    return ApiException.notFound("Nothing of this title is stored.");
  }
}
