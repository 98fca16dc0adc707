package streamcache.admin;

import streamcache.link.TitleKey;
import streamcache.store.Inventory;
import tools.jackson.databind.JsonNode;

/** Evicts a title and forgets its plays and its pin; the timeline stays. */
record TitleForgetting(Inventory inventory) {

  JsonNode run(ApiRequest request) throws ApiException {
    TitleKey key = request.permit().title();
    if (!request.body().isEmpty()) {
      throw ApiException.badRequest("The body has no properties.");
    }
    return switch (StoreTurn.await(inventory.forget(key))) {
      case EVICTED -> ApiAnswer.object().put("id", key.value()).put("outcome", "forgotten");
      case IN_USE, PINNED ->
          throw ApiException.inUse("This title is being played or fetched; try again afterwards.");
      case KEPT ->
          throw ApiException.inUse(
              "The file of this title has a second name, which keeps it; remove that first.");
      case UNKNOWN -> throw TitleDetail.unknown();
      case FAILED -> throw ApiException.busy("The disk did not do it; see the log.");
    };
  }
}
