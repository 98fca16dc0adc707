package streamcache.admin;

import streamcache.link.TitleKey;
import streamcache.store.Inventory;
import tools.jackson.databind.JsonNode;

/** Evicts one title, now or once nobody uses it. */
record TitleEviction(Inventory inventory) {

  private static final String WHEN = "when";
  private static final String FREE = "free";

  JsonNode run(ApiRequest request) throws ApiException {
    TitleKey key = request.permit().title();
    boolean waits = waits(request.body());
    return switch (StoreTurn.await(inventory.evict(key))) {
      case EVICTED -> answer(key, "evicted");
      case IN_USE -> {
        if (!waits) {
          throw ApiException.inUse(
              "This title is being played or fetched. Send {\"when\":\"free\"} to evict it as soon"
                  + " as nobody uses it.");
        }
        inventory.evictWhenFree(key);
        yield answer(key, "waiting");
      }
      case PINNED -> throw ApiException.inUse("This title is pinned; unpin it first.");
      case KEPT ->
          throw ApiException.inUse(
              "The file of this title has a second name, which keeps it; remove that first.");
      case UNKNOWN -> throw TitleDetail.unknown();
      case FAILED -> throw ApiException.busy("The disk did not delete the title; see the log.");
    };
  }

  private static boolean waits(JsonNode body) throws ApiException {
    for (String name : body.propertyNames()) {
      if (!name.equals(WHEN)) {
        throw ApiException.badRequest("The body has no property but when.");
      }
    }
    JsonNode when = body.path(WHEN);
    if (when.isMissingNode() || when.asString("").equals("now")) {
      return false;
    }
    if (when.asString("").equals(FREE)) {
      return true;
    }
    throw ApiException.badRequest("when is now or free.");
  }

  private static JsonNode answer(TitleKey key, String outcome) {
    return ApiAnswer.object().put("id", key.value()).put("outcome", outcome);
  }
}
