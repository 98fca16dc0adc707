package streamcache.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import streamcache.fill.Checked;
import streamcache.fill.Fills;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.Title;
import streamcache.trouble.Cause;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the provider now whether it still has the file of a title, on a connection that counts like
 * any other.
 */
record TitleRevalidation(Store store, Fills fills) {

  /** Longer than its turn and the check may take. */
  private static final Duration WITHIN = Duration.ofSeconds(40);

  JsonNode run(ApiRequest request) throws ApiException {
    TitleKey key = request.permit().title();
    if (!request.body().isEmpty()) {
      throw ApiException.badRequest("The body has no properties.");
    }
    if (store.inventory().use(key).isEmpty()) {
      throw TitleDetail.unknown();
    }
    try (Title title = store.title(key)) {
      Generation generation = title.generation().orElseThrow(TitleDetail::unknown);
      return answer(key, StoreTurn.await(check(generation), WITHIN));
    }
  }

  private CompletableFuture<Checked> check(Generation generation) throws ApiException {
    if (!generation.isComplete()) {
      throw ApiException.notPossible(
          "Bytes of this title are missing; the file is compared when they are fetched.");
    }
    Optional<Link> link = fills.original(generation);
    if (link.isEmpty()) {
      throw ApiException.notPossible(
          "Where this title was fetched from is not known, or the key for that is gone; play it"
              + " instead.");
    }
    return fills.revalidation().checkNow(generation, link.get());
  }

  private static JsonNode answer(TitleKey key, Checked outcome) throws ApiException {
    ObjectNode answer = ApiAnswer.object().put("id", key.value());
    return switch (outcome) {
      case Checked.Unchanged _ -> answer.put("outcome", "unchanged");
      case Checked.Changed _ -> answer.put("outcome", "changed");
      case Checked.Failed failed ->
          answer.put("outcome", "failed").put("words", Cause.of(failed.failure()).headline());
      case Checked.Skipped _ ->
          throw ApiException.inUse(
              "A player needs the account, or another check is in progress; try again"
                  + " afterwards.");
    };
  }
}
