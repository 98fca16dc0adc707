package streamcache.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;
import streamcache.range.RangeSet;

/**
 * Keeps the store within its limits: chooses victims by what the index knows and evicts them. Owned
 * by the store; on the keeper thread, at every interval and when a write crosses the limit.
 */
final class Janitor {
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  /** Bytes to free when the disk is full although the limit is not reached. */
  private static final long WHEN_FULL = 256L << 20;

  /** Bytes for which the outlook first asks what would go. */
  private static final long FIRST_LOOK = 1L << 30;

  private final StoreParts parts;
  private final AccessIndex index;
  private final Function<TitleKey, Title> opener;
  private final Predicate<Title> discard;

  /**
   * @param opener opens a title and holds it
   * @param discard deletes a title that nobody else holds; returns whether it did
   */
  Janitor(
      StoreParts parts,
      AccessIndex index,
      Function<TitleKey, Title> opener,
      Predicate<Title> discard) {
    this.parts = parts;
    this.index = index;
    this.opener = opener;
    this.discard = discard;
  }

  /**
   * Runs one round: frees space down to the low watermark if needed. A title that cannot be evicted
   * after all, because it is kept or has been opened meanwhile, is passed over for others.
   */
  void round() {
    parts.quota().roundBegins();
    try {
      Set<TitleKey> passedOver = new HashSet<>();
      int before;
      long need = need();
      do {
        before = passedOver.size();
        need -= need > 0 ? free(need, passedOver) : 0;
      } while (need > 0 && passedOver.size() > before);
    } finally {
      parts.quota().roundEnded();
    }
  }

  private long need() {
    long max = parts.quota().maxBytes();
    long low = parts.settings().lowWatermark(max);
    long used = parts.accounts().used();
    // Starts half way between the marks, so that writers hardly ever wait for a round.
    long need = used > max - (max - low) / 2 ? used - low : 0;
    // An adopted title needs its room all at once.
    need = Math.max(need, used + parts.quota().due() - max);
    long free = parts.layout().root().toFile().getUsableSpace();
    need = Math.max(need, Math.min(used, parts.settings().minFreeBytes() - free));
    return parts.health().isFull() ? Math.max(need, Math.min(used, WHEN_FULL)) : need;
  }

  /** Returns the bytes freed; adds titles that freed less than expected to {@code passedOver}. */
  private long free(long need, Set<TitleKey> passedOver) {
    Map<TitleKey, Title> held = new HashMap<>();
    long all = 0;
    try {
      List<EvictionOrder.Candidate> candidates =
          candidates().stream()
              .filter(candidate -> !passedOver.contains(candidate.use().key()))
              .toList();
      for (EvictionOrder.Victim victim : choose(candidates, need, held)) {
        long freed = evict(held.computeIfAbsent(victim.key(), opener), victim);
        all += freed;
        if (freed < victim.freed()) {
          passedOver.add(victim.key());
        }
      }
      return all;
    } finally {
      held.values().forEach(Title::close);
    }
  }

  /** Titles that are considered are opened, and held until the caller closes them. */
  private List<EvictionOrder.Victim> choose(
      List<EvictionOrder.Candidate> candidates, long need, Map<TitleKey, Title> held) {
    Function<TitleKey, EvictionOrder.Stock> stock =
        key ->
            held.computeIfAbsent(key, opener)
                .generation()
                .map(Generation::presence)
                .map(bytes -> new EvictionOrder.Stock(bytes.present(), bytes.footprint()))
                .orElse(EvictionOrder.Stock.NONE);
    EvictionOrder.Need order =
        new EvictionOrder.Need(
            parts.settings().eviction(),
            Footprint.of(parts.abilities()).shrinks(),
            parts.quota().maxBytes(),
            need,
            parts.time().now().getEpochSecond());
    return EvictionOrder.choose(candidates, stock, order);
  }

  /**
   * What rounds would evict now, one after the other; evicts nothing. On the keeper thread.
   *
   * @param most how many titles of either kind; opens little more than these
   */
  EvictionOutlook outlook(int most) {
    List<EvictionOrder.Candidate> candidates = candidates();
    Map<TitleKey, Title> held = new HashMap<>();
    try {
      List<EvictionOrder.Victim> victims = List.of();
      long used = Math.max(1, parts.accounts().used());
      long need = Math.min(used, FIRST_LOOK);
      for (boolean isAll = false; victims.size() < most && !isAll; need *= 2) {
        isAll = need >= used;
        victims = choose(candidates, need, held);
      }
      return outlook(candidates, victims.subList(0, Math.min(most, victims.size())), held, most);
    } finally {
      held.values().forEach(Title::close);
    }
  }

  private EvictionOutlook outlook(
      List<EvictionOrder.Candidate> candidates,
      List<EvictionOrder.Victim> victims,
      Map<TitleKey, Title> held,
      int most) {
    Map<TitleKey, TitleUse> uses = new HashMap<>();
    candidates.forEach(candidate -> uses.put(candidate.use().key(), candidate.use()));
    List<EvictionOutlook.Next> next = new ArrayList<>();
    List<EvictionOutlook.Staying> staying = new ArrayList<>();
    for (EvictionOrder.Victim victim : victims) {
      TitleUse use = Objects.requireNonNull(uses.get(victim.key()));
      Title title = held.computeIfAbsent(victim.key(), opener);
      // As in a round, a second name is found out when the title's turn comes.
      if (title.isKept()) {
        staying.add(new EvictionOutlook.Staying(use, EvictionObstacle.KEPT));
      } else {
        next.add(new EvictionOutlook.Next(use, victim.reason(), title.isShared()));
      }
    }
    for (EvictionOrder.Candidate candidate : candidates) {
      if (staying.size() < most) {
        EvictionOrder.obstacle(candidate)
            .map(obstacle -> isPinned(candidate.use()) ? EvictionObstacle.PINNED : obstacle)
            .ifPresent(
                obstacle -> staying.add(new EvictionOutlook.Staying(candidate.use(), obstacle)));
      }
    }
    return new EvictionOutlook(next, staying);
  }

  private boolean isPinned(TitleUse use) {
    return parts.pins().contains(use.key());
  }

  /**
   * Sorted by last access in milliseconds, to order titles that have the same second in the index.
   */
  private List<EvictionOrder.Candidate> candidates() {
    List<EvictionOrder.Candidate> candidates = new ArrayList<>();
    List<AccessIndex.Known> all = index.all();
    all.sort(
        Comparator.comparingLong(
            known -> known.open().map(title -> title.meter().lastAccess()).orElse(0L)));
    for (AccessIndex.Known known : all) {
      OptionalLong lowest =
          known
              .open()
              .flatMap(Title::generation)
              .map(generation -> generation.presence().lowestReader())
              .orElse(OptionalLong.empty());
      boolean busy = known.open().map(title -> !title.isIdleBut(0)).orElse(false);
      TitleUse use = known.use();
      TitleUse kept = isPinned(use) ? use.kept() : use;
      candidates.add(new EvictionOrder.Candidate(kept, busy, lowest));
    }
    return candidates;
  }

  /** Returns the bytes freed. */
  private long evict(Title title, EvictionOrder.Victim victim) {
    if (title.isKept()) {
      index.pin(title);
      return 0;
    }
    try {
      boolean isWhole = victim.whole() || title.isShared();
      long freed = isWhole ? discard(title) : shrink(title, victim.ranges());
      if (freed > 0) {
        parts.publish(new StoreEvent.Evicted(title.key(), freed));
        index.note(title);
      }
      return freed;
    } catch (IOException e) {
      LOG.warn("event=evict-failed key={}", title.key(), e);
      return 0;
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
