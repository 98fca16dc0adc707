package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.EvictionCase.DAY;
import static streamcache.store.EvictionCase.MEBI;
import static streamcache.store.EvictionCase.NOW;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.EvictionPolicy;
import streamcache.store.EvictionOrder.Candidate;
import streamcache.store.EvictionOrder.Victim;

/** The eviction order over random stores, with both policies. Prints its seed. */
final class EvictionOrderPropertyTest {

  private final EvictionCase store = new EvictionCase();

  @Test
  void choose_randomStores_neverTakesTheProtectedNorTooMuch() {
    long seed = System.nanoTime();
    System.out.println("EvictionOrderPropertyTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      store.candidates.clear();
      store.present.clear();
      store.asked.clear();
      boolean punch = random.nextInt(4) > 0;
      store.footprint =
          punch && random.nextInt(3) == 0
              ? new Footprint.Chunked(16 * MEBI, /* base= */ 0)
              : new Footprint.Sparse(punch);
      int titles = random.nextInt(30);
      for (int i = 0; i < titles; i++) {
        randomTitle(random);
      }
      EvictionPolicy policy = random.nextBoolean() ? EvictionPolicy.HEADS : EvictionPolicy.LRU;
      long toFree = random.nextLong(12_000 * MEBI);
      check(policy, punch, toFree, "seed " + seed + " round " + round);
    }
  }

  private void check(EvictionPolicy policy, boolean punch, long toFree, String description) {
    List<Victim> victims = store.choose(policy, punch, toFree);
    assertThat(store.asked).as(description).doesNotHaveDuplicates();
    long possible = 0;
    long older = 0;
    Set<TitleKey> allowed = new HashSet<>();
    for (Candidate candidate : store.candidates) {
      TitleUse use = candidate.use();
      if (!candidate.open() && !use.pinned()) {
        allowed.add(use.key());
        possible += use.usedBytes();
        older += use.isRecent(NOW) ? 0 : use.usedBytes();
      }
    }
    if (toFree <= older) {
      assertThat(victims).as(description).noneMatch(victim -> uses(victim.key()).isRecent(NOW));
    }
    if (policy == EvictionPolicy.LRU) {
      long latest = victims.stream().mapToLong(one -> uses(one.key()).lastAccess()).max().orElse(0);
      assertThat(store.candidates)
          .as(description)
          .filteredOn(one -> allowed.contains(one.use().key()))
          .filteredOn(one -> victims.stream().noneMatch(gone -> gone.key().equals(one.use().key())))
          .allMatch(one -> one.use().lastAccess() >= latest);
    }
    // A chunk is freed only with its last byte, and two chunks hold parts that stay.
    long coarse = 2 * (store.footprint.unit() - Accounts.BLOCK);
    long freed = 0;
    long largest = 0;
    Set<TitleKey> seen = new HashSet<>();
    for (Victim victim : victims) {
      RangeSet all = store.present.get(victim.key());
      RangeSet rest = EvictionCase.minus(all, victim.ranges());
      assertThat(allowed).as(description).contains(victim.key());
      assertThat(seen.add(victim.key())).as(description).isTrue();
      assertThat(victim.ranges().isEmpty()).as(description).isFalse();
      assertThat(EvictionCase.minus(victim.ranges(), all).isEmpty()).as(description).isTrue();
      assertThat(victim.whole()).as(description).isEqualTo(rest.isEmpty());
      assertThat(victim.freed())
          .as(description)
          .isEqualTo(store.footprint.bytes(all) - store.footprint.bytes(rest));
      freed += victim.freed();
      boolean byStep = policy == EvictionPolicy.HEADS && punch;
      largest = Math.max(largest, byStep ? 36 * MEBI + coarse : victim.freed());
      if (!punch || policy == EvictionPolicy.LRU) {
        assertThat(victim.whole()).as(description).isTrue();
      }
    }
    assertThat(freed).as(description).isGreaterThanOrEqualTo(Math.min(toFree, possible));
    if (!victims.isEmpty()) {
      assertThat(freed).as(description).isLessThan(toFree + largest);
    }
    if (!victims.isEmpty() && victims.stream().noneMatch(Victim::whole)) {
      assertThat(freed).as(description).isLessThan(toFree + MEBI + 8192 + coarse);
    }
  }

  private TitleUse uses(TitleKey key) {
    return store.candidates.stream()
        .map(Candidate::use)
        .filter(use -> use.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private void randomTitle(Random random) {
    long total = 1 + random.nextLong(random.nextBoolean() ? 2000 * MEBI : 20 * MEBI);
    RangeSet ranges = RangeSet.EMPTY;
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      long start = random.nextLong(total);
      ranges = ranges.plus(new ByteRange(start, start + 1 + random.nextLong(total - start)));
    }
    if (random.nextInt(3) == 0) {
      ranges = RangeSet.of(new ByteRange(0, total));
    }
    long age = random.nextBoolean() ? random.nextLong(1200) : random.nextLong(90 * DAY);
    store.add(
        store.footprint.bytes(ranges),
        random.nextInt(10) == 0 ? -1 : total,
        age,
        random.nextInt(20),
        random.nextLong(total),
        random.nextInt(8) == 0,
        ranges);
    if (random.nextInt(4) == 0) {
      OptionalLong reader =
          random.nextBoolean() ? OptionalLong.of(random.nextLong(total)) : OptionalLong.empty();
      store.candidates.add(new Candidate(store.candidates.removeLast().use(), true, reader));
    }
  }
}
