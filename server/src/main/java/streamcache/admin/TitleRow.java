package streamcache.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import streamcache.range.ByteRange;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;
import streamcache.store.TitleLabel;
import streamcache.store.TitleUse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A title as the API shows it: by its id, its name and the host that sent it, never by its URL. */
final class TitleRow {

  /** Ranges shown of one title; a title that players have sampled may have thousands. */
  private static final int MOST_RANGES = 1000;

  private TitleRow() {}

  /**
   * @param query in lower case; empty matches all
   */
  static boolean matches(TitleLabel label, String query) {
    return query.isEmpty()
        || label.name().toLowerCase(Locale.ROOT).contains(query)
        || label.host().toLowerCase(Locale.ROOT).contains(query);
  }

  static ObjectNode of(TitleUse use, GenerationFacts facts, boolean isInUse, boolean isPinned) {
    ObjectNode row =
        ApiAnswer.object()
            .put("id", use.key().value())
            .put("name", facts.name())
            .put("host", facts.finalHost());
    if (use.total() >= 0) {
      row.put("sizeBytes", use.total());
    }
    return row.put("storedBytes", use.usedBytes())
        .put("isComplete", use.complete())
        .put("isInUse", isInUse)
        .put("isPinned", isPinned)
        .put("isKept", use.pinned())
        .put("plays", use.hits())
        .put("lastPlay", Instant.ofEpochSecond(use.lastAccess()).toString());
  }

  /** The title with what its own page shows beside. */
  static ObjectNode of(TitleUse use, Generation generation, boolean isInUse, boolean isPinned) {
    ObjectNode row = of(use, generation.facts(), isInUse, isPinned);
    generation.total().ifPresent(total -> row.put("sizeBytes", total));
    List<ByteRange> ranges = generation.present().ranges();
    row.put("isComplete", generation.isComplete())
        .put("type", generation.facts().contentType())
        .put("account", generation.facts().account())
        .put("readers", generation.readers())
        .put("presentBytes", generation.present().size())
        .put("presentRanges", ranges.size());
    ArrayNode present = row.putArray("present");
    ranges.stream()
        .limit(MOST_RANGES)
        .forEach(range -> present.addObject().put("from", range.start()).put("to", range.end()));
    return row;
  }
}
