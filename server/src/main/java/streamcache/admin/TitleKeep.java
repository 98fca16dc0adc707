package streamcache.admin;

import streamcache.link.TitleKey;
import streamcache.store.Inventory;
import streamcache.store.KeepAnswer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives the operator the file of a title, by a second name in {@code kept/}, or takes that away.
 *
 * @param isKept what it makes of a title
 */
record TitleKeep(Inventory inventory, boolean isKept) {

  JsonNode run(ApiRequest request) throws ApiException {
    TitleKey key = request.permit().title();
    if (!request.body().isEmpty()) {
      throw ApiException.badRequest("The body has no properties.");
    }
    KeepAnswer answer = StoreTurn.await(isKept ? inventory.keep(key) : inventory.unkeep(key));
    return switch (answer.outcome()) {
      case DONE -> {
        ObjectNode done = ApiAnswer.object().put("id", key.value()).put("isKept", isKept);
        answer.file().ifPresent(file -> done.put("file", file));
        yield done;
      }
      case UNKNOWN -> throw TitleDetail.unknown();
      case INCOMPLETE ->
          throw ApiException.notPossible(
              "Bytes of this title are missing; play it to its end, and keep it then.");
      case NO_LINKS ->
          throw ApiException.notPossible(
              "The file system of the cache has no hard links, or stores films in parts. Pin the"
                  + " title instead.");
      case NAME_TAKEN ->
          throw ApiException.notPossible(
              "The folder kept has other files of this name; rename or remove them.");
      case KEPT_ELSEWHERE ->
          throw ApiException.notPossible(
              "The file has another name outside the folder kept, which still keeps it; remove"
                  + " that.");
      case FAILED -> throw ApiException.busy("The disk did not do it; see the log.");
    };
  }
}
