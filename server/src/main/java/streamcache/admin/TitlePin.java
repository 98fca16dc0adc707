package streamcache.admin;

import streamcache.link.TitleKey;
import streamcache.store.Inventory;
import tools.jackson.databind.JsonNode;

/**
 * Pins a title, which keeps it from eviction, or unpins it.
 *
 * @param isPinned what it makes of a title
 */
record TitlePin(Inventory inventory, boolean isPinned) {

  JsonNode run(ApiRequest request) throws ApiException {
    TitleKey key = request.permit().title();
    if (!request.body().isEmpty()) {
      throw ApiException.badRequest("The body has no properties.");
    }
    return switch (StoreTurn.await(inventory.pin(key, isPinned))) {
      case DONE -> ApiAnswer.object().put("id", key.value()).put("isPinned", isPinned);
      case UNKNOWN -> throw TitleDetail.unknown();
      case FAILED -> throw ApiException.busy("The disk did not keep the pin; see the log.");
    };
  }
}
