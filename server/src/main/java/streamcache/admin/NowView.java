package streamcache.admin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import streamcache.fill.AccountView;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.schedule.TitleStatus;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.Title;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the first view of the page shows: the server, each title that is played or fetched with the
 * players in it, the accounts, and how many titles are fetched before anybody plays them.
 */
final class NowView {

  /** More parts than this do not show on a strip as wide as a screen. */
  static final int MOST_PARTS = 500;

  private final AdminParts parts;
  private final ServerStatus status;
  private final RunningPlays plays;
  private final AccountList accounts;

  NowView(AdminParts parts, ServerStatus status, RunningPlays plays, AccountList accounts) {
    this.parts = parts;
    this.status = status;
    this.plays = plays;
    this.accounts = accounts;
  }

  JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    return snapshot();
  }

  ObjectNode snapshot() {
    ObjectNode now = ApiAnswer.object();
    now.set("status", status.now());
    ArrayNode running = plays.now();
    ArrayNode titles = now.putArray("titles");
    for (TitleKey key : titles(running)) {
      add(key, running, titles);
    }
    now.set("accounts", accounts.now());
    now.set("prewarm", new PrewarmQueue(parts.prewarms(), parts.fills()).counts());
    return now;
  }

  private Set<TitleKey> titles(ArrayNode running) {
    Set<TitleKey> keys = new LinkedHashSet<>();
    running.forEach(play -> keys.add(new TitleKey(play.get("title").asString())));
    for (AccountView account : parts.fills().accounts()) {
      account.status().titles().stream()
          .filter(title -> title.connections() > 0)
          .map(TitleStatus::key)
          .forEach(keys::add);
    }
    return keys;
  }

  /** A title of which nothing is known yet is shown once it is. */
  private void add(TitleKey key, ArrayNode running, ArrayNode titles) {
    Store store = parts.store();
    try (Title title = store.title(key)) {
      Optional<Generation> found = title.generation();
      if (found.isEmpty()) {
        return;
      }
      Generation generation = found.get();
      List<ByteRange> present = generation.present().ranges();
      ObjectNode row =
          titles
              .addObject()
              .put("id", key.value())
              .put("name", generation.facts().name())
              .put("host", generation.facts().finalHost())
              .put("presentBytes", generation.present().size());
      generation.total().ifPresent(total -> row.put("sizeBytes", total));
      ArrayNode ranges = row.putArray("present");
      coarse(present, generation.total().orElse(0))
          .forEach(range -> ranges.addObject().put("from", range.start()).put("to", range.end()));
      ArrayNode own = row.putArray("plays");
      running.forEach(play -> {
        if (play.get("title").asString().equals(key.value())) {
          own.add(play);
        }
      });
    }
  }

  /** The ranges as far as a strip can show them: those closer than a part of it are joined. */
  static List<ByteRange> coarse(List<ByteRange> ranges, long total) {
    if (ranges.size() <= MOST_PARTS) {
      return ranges;
    }
    long gap = total / MOST_PARTS;
    List<ByteRange> joined = new ArrayList<>();
    for (ByteRange range : ranges) {
      boolean isNear = !joined.isEmpty() && range.start() - joined.getLast().end() < gap;
      if (isNear) {
        joined.set(joined.size() - 1, new ByteRange(joined.getLast().start(), range.end()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
