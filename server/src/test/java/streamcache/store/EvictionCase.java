package streamcache.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.EvictionPolicy;
import streamcache.store.EvictionOrder.Candidate;
import streamcache.store.EvictionOrder.Need;
import streamcache.store.EvictionOrder.Victim;

/** Titles of a store as the eviction order sees them. */
final class EvictionCase {

  static final long MEBI = 1L << 20;
  static final long NOW = 1_800_000_000;
  static final long DAY = 86_400;
  static final long LIMIT = 10_000 * MEBI;

  final List<Candidate> candidates = new ArrayList<>();
  final Map<TitleKey, RangeSet> present = new HashMap<>();
  final List<TitleKey> asked = new ArrayList<>();
  Footprint footprint = new Footprint.Sparse(/* shrinks= */ true);

  TitleKey full(long total, long age, long hits) {
    return full(total, age, hits, 0);
  }

  TitleKey full(long total, long age, long hits, long watched) {
    return add(total, total, age, hits, watched, false, RangeSet.of(new ByteRange(0, total)));
  }

  void headOf(long total, long age) {
    RangeSet head = RangeSet.of(new ByteRange(0, 8 * MEBI), new ByteRange(total - 2 * MEBI, total));
    add(10 * MEBI, total, age, 0, 0, false, head);
  }

  TitleKey add(
      long used, long total, long age, long hits, long watched, boolean pinned, RangeSet ranges) {
    TitleKey key = key(candidates.size());
    TitleUse use = new TitleUse(key, used, total, NOW - age, hits, watched, used == total, pinned);
    candidates.add(new Candidate(use, false, OptionalLong.empty()));
    present.put(key, ranges);
    return key;
  }

  List<Victim> choose(EvictionPolicy policy, boolean punch, long toFree) {
    return EvictionOrder.choose(
        candidates,
        key -> {
          asked.add(key);
          return new EvictionOrder.Stock(present.get(key), footprint);
        },
        new Need(policy, punch, LIMIT, toFree, NOW));
  }

  static RangeSet minus(RangeSet set, RangeSet other) {
    RangeSet rest = set;
    for (ByteRange range : other.ranges()) {
      rest = rest.minus(range);
    }
    return rest;
  }

  static TitleKey key(int number) {
    StringBuilder key = new StringBuilder("a".repeat(22));
    for (int rest = number, i = 0; i < 4; i++, rest /= 26) {
      key.append((char) ('a' + rest % 26));
    }
    return new TitleKey(key.toString());
  }
}
