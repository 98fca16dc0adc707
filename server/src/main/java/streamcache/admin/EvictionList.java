package streamcache.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamcache.link.TitleKey;
import streamcache.store.EvictionObstacle;
import streamcache.store.EvictionOutlook;
import streamcache.store.GenerationFacts;
import streamcache.store.Inventory;
import streamcache.store.Store;
import streamcache.store.TitleUse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which titles would be evicted next, in the order of the store, and why; and which stay. */
record EvictionList(Store store, InstantSource clock) {

  private static final int USUAL = 20;
  private static final int MOST = 50;

  JsonNode show(ApiRequest request) throws ApiException {
    int limit = limit(request.permit("limit").parameter("limit"));
    EvictionOutlook outlook = StoreTurn.await(store.evictionOutlook(limit));
    List<TitleKey> keys =
        Stream.concat(
                outlook.next().stream().map(next -> next.use().key()),
                outlook.staying().stream().map(staying -> staying.use().key()))
            .toList();
    Map<TitleKey, GenerationFacts> facts = store.inventory().facts(keys);
    ObjectNode answer =
        ApiAnswer.object()
            .put("policy", store.settings().eviction().name().toLowerCase(Locale.ROOT));
    ArrayNode next = answer.putArray("next");
    outlook.next().forEach(title -> add(title.use(), facts, words(title), next));
    ArrayNode staying = answer.putArray("staying");
    outlook.staying().forEach(title -> add(title.use(), facts, words(title.obstacle()), staying));
    return answer;
  }

  private static int limit(Optional<String> written) throws ApiException {
    if (written.isEmpty()) {
      return USUAL;
    }
    int limit = written.get().matches("[0-9]{1,2}") ? Integer.parseInt(written.get()) : 0;
    if (limit < 1 || limit > MOST) {
      throw ApiException.badRequest("limit is a number from 1 to " + MOST + ".");
    }
    return limit;
  }

  private void add(
      TitleUse use, Map<TitleKey, GenerationFacts> facts, String why, ArrayNode titles) {
    Inventory inventory = store.inventory();
    TitleKey key = use.key();
    Optional.ofNullable(facts.get(key))
        .map(known ->
            TitleRow.of(
                inventory.use(key).orElse(use),
                known,
                inventory.isInUse(key),
                inventory.isPinned(key)))
        .ifPresent(row -> titles.add(row.put("why", why)));
  }

  private String words(EvictionOutlook.Next title) {
    String reason =
        switch (title.reason()) {
          case BEHIND_READER -> "It is larger than the cache, and its players are past this part.";
          case HEAD -> "Only its beginning is left. " + lastPlay(title.use());
          case LEAST_WORTH ->
              "A byte of it is worth least, by plays, age, size and what was watched. "
                  + lastPlay(title.use());
          case RECENT -> "It was played within the last ten minutes and goes after all others.";
          case LEAST_RECENT -> "It was played longer ago than the others. " + lastPlay(title.use());
        };
    return title.isShared()
        ? reason + " Its file is also in the old cache, so it goes as a whole."
        : reason;
  }

  private String lastPlay(TitleUse use) {
    Duration ago = Duration.between(Instant.ofEpochSecond(use.lastAccess()), clock.instant());
    String when = ago.toDays() > 0 ? count(ago.toDays(), "day") : count(ago.toHours(), "hour");
    String watched =
        use.total() > 0
            ? ", watched up to %d %%".formatted(100 * use.watchedUntil() / use.total())
            : "";
    return "%s, the last one %s ago%s.".formatted(count(use.hits(), "play"), when, watched);
  }

  private static String count(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }

  private static String words(EvictionObstacle obstacle) {
    return switch (obstacle) {
      case IN_USE -> "It is being played or fetched.";
      case PINNED -> "It is pinned.";
      case KEPT -> "Its file has a second name, which keeps it.";
    };
  }
}
