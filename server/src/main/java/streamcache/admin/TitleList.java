package streamcache.admin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import streamcache.link.TitleKey;
import streamcache.store.GenerationFacts;
import streamcache.store.Inventory;
import streamcache.store.TitleLabel;
import streamcache.store.TitleUse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of titles, a page at a time. A page costs one pass over what the store knows in memory,
 * names included, and the sidecars of the titles on it. As long as the store has not read all
 * names, a search reads up to {@link #MOST_READ} sidecars and then says where to go on. One page at
 * a time, so that players find threads that open titles.
 */
final class TitleList {

  private static final int USUAL = 50;
  private static final int MOST = 200;

  /** The most sidecars that a request reads. */
  private static final int MOST_READ = 500;

  private final Inventory store;

  /** Held while sidecars are read, by one virtual thread, which no player waits for. */
  private final ReentrantLock turn = new ReentrantLock();

  TitleList(Inventory store) {
    this.store = store;
  }

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit("query", "show", "sort", "order", "limit", "after");
    TitleOrder order =
        TitleOrder.of(request.parameter("sort").orElse("last-play"))
            .orElseThrow(
                () -> ApiException.badRequest("sort is name, size, last-play or present."));
    TitleFilter filter =
        TitleFilter.of(request.parameter("show").orElse("all"))
            .orElseThrow(() ->
                ApiException.badRequest("show is all, complete, partial, in-use or staying."));
    int limit = limit(request.parameter("limit"));
    Optional<TitleCursor> after = after(request.parameter("after"));
    String query = request.parameter("query").orElse("").toLowerCase(Locale.ROOT);
    int read = query.isEmpty() || areNamesKnown() ? limit : MOST_READ;
    Stream<TitleUse> shown =
        store
            .uses()
            .filter(use -> filter.selects(use, store))
            .filter(use -> !use.label().isKnown() || TitleRow.matches(use.label(), query));
    List<TitleUse> candidates = order.select(shown, isDescending(request, order), after, read + 1);
    boolean isMore = candidates.size() > read;
    List<TitleUse> examined = isMore ? candidates.subList(0, read) : candidates;
    return page(examined, isMore, order, query, limit);
  }

  private JsonNode page(
      List<TitleUse> examined, boolean isMore, TitleOrder order, String query, int limit) {
    Map<TitleKey, GenerationFacts> facts = facts(examined);
    ObjectNode page = ApiAnswer.object();
    ArrayNode titles = page.putArray("titles");
    for (TitleUse use : examined) {
      Optional<GenerationFacts> known = Optional.ofNullable(facts.get(use.key()));
      if (known.isPresent() && TitleRow.matches(TitleLabel.of(known.get()), query)) {
        titles.add(
            TitleRow.of(use, known.get(), store.isInUse(use.key()), store.isPinned(use.key())));
      }
      boolean isLast = use.equals(examined.getLast());
      if ((isLast && isMore) || (titles.size() == limit && !isLast)) {
        return page.put("next", order.place(use).write());
      }
    }
    return page;
  }

  private boolean areNamesKnown() {
    return store.uses().allMatch(use -> use.label().isKnown());
  }

  private Map<TitleKey, GenerationFacts> facts(List<TitleUse> examined) {
    turn.lock();
    try {
      return store.facts(examined.stream().map(TitleUse::key).toList());
    } finally {
      turn.unlock();
    }
  }

  private static boolean isDescending(ApiRequest request, TitleOrder order) throws ApiException {
    return switch (request
        .parameter("order")
        .orElse(order.isDescendingUsually() ? "desc" : "asc")) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw ApiException.badRequest("order is asc or desc.");
    };
  }

  private static int limit(Optional<String> written) throws ApiException {
    if (written.isEmpty()) {
      return USUAL;
    }
    int limit = written.get().matches("[0-9]{1,3}") ? Integer.parseInt(written.get()) : 0;
    if (limit < 1 || limit > MOST) {
      throw ApiException.badRequest("limit is a number from 1 to " + MOST + ".");
    }
    return limit;
  }

  private static Optional<TitleCursor> after(Optional<String> written) throws ApiException {
    Optional<TitleCursor> place = written.flatMap(TitleCursor::read);
    if (written.isPresent() && place.isEmpty()) {
      throw ApiException.badRequest("after is the next of an earlier page.");
    }
    return place;
  }
}
