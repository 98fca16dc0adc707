package streamcache.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;
import streamcache.range.RangeSet;

/**
 * Keeps the store within its limits: chooses victims by what the index knows and gives them up.
 * Owned by the store; on the keeper thread, at every interval and when a write crosses the limit.
 */
final class Janitor {
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  /** Freed when the disk is full although the limit is not reached. */
  private static final long WHEN_FULL = 256L << 20;

  private final StoreParts parts;
  private final Uses uses;
  private final Function<TitleKey, Title> opener;
  private final Predicate<Title> discard;

  /**
   * @param opener holds a title
   * @param discard deletes a title that nobody else holds; whether it did
   */
  Janitor(StoreParts parts, Uses uses, Function<TitleKey, Title> opener, Predicate<Title> discard) {
    this.parts = parts;
    this.uses = uses;
    this.opener = opener;
    this.discard = discard;
  }

  /** One round; makes room down to the lower mark when it is needed. */
  void round() {
    try {
      long need = need();
      if (need > 0) {
        free(need);
      }
    } finally {
      parts.room().roundEnded();
    }
  }

  private long need() {
    long max = parts.room().maxBytes();
    long low = Math.min(max, parts.settings().lowWatermarkBytes().orElse(max / 100 * 95));
    long used = parts.accounts().used();
    // Half way between the marks, so that writers hardly ever wait for a round.
    long need = used > max - (max - low) / 2 ? used - low : 0;
    long free = parts.layout().root().toFile().getUsableSpace();
    need = Math.max(need, Math.min(used, parts.settings().minFreeBytes() - free));
    return parts.health().isFull() ? Math.max(need, Math.min(used, WHEN_FULL)) : need;
  }

  private void free(long need) {
    Map<TitleKey, Title> held = new HashMap<>();
    Function<TitleKey, EvictionOrder.Stock> stock =
        key ->
            held.computeIfAbsent(key, opener)
                .generation()
                .map(Generation::presence)
                .map(bytes -> new EvictionOrder.Stock(bytes.present(), bytes.footprint()))
                .orElse(EvictionOrder.Stock.NONE);
    try {
      List<EvictionOrder.Candidate> candidates = candidates();
      EvictionOrder.Need order =
          new EvictionOrder.Need(
              parts.settings().eviction(),
              parts.abilities().shrinks(),
              parts.room().maxBytes(),
              need,
              parts.time().now().getEpochSecond());
      for (EvictionOrder.Victim victim : EvictionOrder.choose(candidates, stock, order)) {
        evict(held.computeIfAbsent(victim.key(), opener), victim);
      }
    } finally {
      held.values().forEach(Title::close);
    }
  }

  private List<EvictionOrder.Candidate> candidates() {
    List<EvictionOrder.Candidate> candidates = new ArrayList<>();
    for (Uses.Known known : uses.all()) {
      OptionalLong lowest =
          known
              .open()
              .flatMap(Title::generation)
              .map(generation -> generation.presence().lowestReader())
              .orElse(OptionalLong.empty());
      boolean busy = known.open().map(title -> !title.isIdleBut(0)).orElse(false);
      candidates.add(new EvictionOrder.Candidate(known.use(), busy, lowest));
    }
    return candidates;
  }

  private void evict(Title title, EvictionOrder.Victim victim) {
    if (title.isKept()) {
      uses.pin(title);
      return;
    }
    try {
      long freed = victim.whole() ? discard(title) : shrink(title, victim.ranges());
      if (freed > 0) {
        TitleKey key = title.key();
        parts.chores().publisher().execute(() -> parts.listener().evicted(key, freed));
        uses.note(title);
      }
    } catch (IOException e) {
      LOG.warn("event=evict-failed key={}", title.key(), e);
    }
  }

  private long discard(Title title) {
    long before = title.account().bytes();
    return discard.test(title) ? before - title.account().bytes() : 0;
  }

  private static long shrink(Title title, RangeSet ranges) throws IOException {
    Generation generation = title.generation().orElse(null);
    return generation == null ? 0 : Eviction.shrink(generation, ranges);
  }
}
