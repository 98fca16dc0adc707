package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.EvictionPolicy;
import streamcache.store.EvictionOrder.Candidate;
import streamcache.store.EvictionOrder.Need;
import streamcache.store.EvictionOrder.Victim;

class EvictionOrderTest {

  private static final long MEBI = 1L << 20;
  private static final long NOW = 1_800_000_000;
  private static final long DAY = 86_400;
  private static final long LIMIT = 10_000 * MEBI;

  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<TitleKey, RangeSet> present = new HashMap<>();
  private final List<TitleKey> asked = new ArrayList<>();
  private Footprint footprint = new Footprint.Sparse(/* shrinks= */ true);

  @Test
  void heads_leastWorthFirst_fromTheEndTowardsTheHead() {
    TitleKey old = full(1000 * MEBI, 30 * DAY, 0);
    full(1000 * MEBI, DAY, 0);

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, 100 * MEBI);

    assertThat(victims).hasSize(1);
    Victim victim = victims.getFirst();
    assertThat(victim.key()).isEqualTo(old);
    assertThat(victim.whole()).isFalse();
    assertThat(victim.ranges()).isEqualTo(RangeSet.of(new ByteRange(898 * MEBI, 998 * MEBI)));
    assertThat(victim.freed()).isEqualTo(100 * MEBI);
  }

  @Test
  void heads_allBodies_goBeforeTheFirstHead() {
    TitleKey first = full(1000 * MEBI, 30 * DAY, 0);
    TitleKey second = full(1000 * MEBI, 20 * DAY, 0);

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, 1980 * MEBI);

    // Each keeps a head of 8 MiB and an index of 2 MiB.
    assertThat(victims).extracting(Victim::key).containsExactly(first, second);
    assertThat(victims).noneMatch(Victim::whole);
    assertThat(victims.getFirst().ranges())
        .isEqualTo(RangeSet.of(new ByteRange(8 * MEBI, 998 * MEBI)));
  }

  @Test
  void heads_nothingElseLeft_goLongestUnreadFirst() {
    TitleKey first = full(1000 * MEBI, 30 * DAY, 0);
    full(1000 * MEBI, 20 * DAY, 0);

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, 1981 * MEBI);

    assertThat(victims).filteredOn(Victim::whole).extracting(Victim::key).containsExactly(first);
  }

  @Test
  void heads_overTheirBudget_goBeforeBodies() {
    for (int i = 0; i < 150; i++) {
      headOf(1000 * MEBI, (200 - i) * DAY);
    }
    full(1000 * MEBI, 300 * DAY, 0);

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, 100 * MEBI);

    assertThat(victims).hasSize(10).allMatch(Victim::whole);
    assertThat(victims.getFirst().key()).isEqualTo(candidates.getFirst().use().key());
  }

  @Test
  void heads_withinTheirBudget_stayWhileThereIsABody() {
    for (int i = 0; i < 90; i++) {
      headOf(1000 * MEBI, (200 - i) * DAY);
    }
    TitleKey body = full(1000 * MEBI, DAY, 50);

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, 100 * MEBI);

    assertThat(victims).extracting(Victim::key).containsExactly(body);
  }

  @Test
  void heads_finishedTitle_goesBeforeOneInProgress() {
    full(1000 * MEBI, DAY, 1, 500 * MEBI);
    TitleKey finished = full(1000 * MEBI, DAY, 1, 990 * MEBI);
    full(1000 * MEBI, DAY, 1, 0);

    assertThat(choose(EvictionPolicy.HEADS, true, MEBI))
        .extracting(Victim::key)
        .containsExactly(finished);
  }

  @Test
  void heads_titleOfUnknownLength_keepsItsFirstEightMebibytes() {
    TitleKey key = add(100 * MEBI, -1, DAY, 0, 0, false, RangeSet.of(new ByteRange(0, 100 * MEBI)));

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, 92 * MEBI);

    assertThat(victims)
        .containsExactly(
            new Victim(key, RangeSet.of(new ByteRange(8 * MEBI, 100 * MEBI)), false, 92 * MEBI));
  }

  @Test
  void heads_withoutPunch_takesWholeTitlesByLastAccess() {
    full(1000 * MEBI, 2 * DAY, 0);
    TitleKey old = full(1000 * MEBI, 3 * DAY, 100);

    List<Victim> victims = choose(EvictionPolicy.HEADS, false, MEBI);

    assertThat(victims).hasSize(1);
    assertThat(victims.getFirst().key()).isEqualTo(old);
    assertThat(victims.getFirst().whole()).isTrue();
  }

  @Test
  void lru_wholeTitles_longestUnreadFirst() {
    full(1000 * MEBI, DAY, 0);
    TitleKey third = full(1000 * MEBI, 2 * DAY, 9);
    TitleKey oldest = full(1000 * MEBI, 9 * DAY, 99);

    List<Victim> victims = choose(EvictionPolicy.LRU, true, 1001 * MEBI);

    assertThat(victims).extracting(Victim::key).containsExactly(oldest, third);
    assertThat(victims).allMatch(Victim::whole);
  }

  @Test
  void choose_nothingNeeded_takesNothing() {
    full(1000 * MEBI, DAY, 0);

    assertThat(choose(EvictionPolicy.HEADS, true, 0)).isEmpty();
    assertThat(choose(EvictionPolicy.LRU, true, 0)).isEmpty();
  }

  @Test
  void choose_manyTitles_asksOnlyForThoseReached() {
    for (int i = 0; i < 1000; i++) {
      full(1000 * MEBI, DAY + i, 0);
    }

    choose(EvictionPolicy.HEADS, true, 1500 * MEBI);

    assertThat(asked).hasSize(2);
  }

  @Test
  void choose_timeFromTheFuture_doesNotProtectForEver() {
    TitleKey key = full(1000 * MEBI, -1000 * DAY, 0);

    assertThat(choose(EvictionPolicy.LRU, true, MEBI)).extracting(Victim::key).containsExactly(key);
  }

  /** Films read within ten minutes filled the cache, and later films bypassed the store. */
  @Test
  void lru_allReadAMomentAgo_oldestGoes() {
    full(1000 * MEBI, 20, 0);
    TitleKey oldest = full(1000 * MEBI, 50, 3);

    assertThat(choose(EvictionPolicy.LRU, true, MEBI))
        .extracting(Victim::key)
        .containsExactly(oldest);
  }

  @Test
  void heads_allReadAMomentAgo_bodyOfTheOldestGoesFromItsEnd() {
    full(1000 * MEBI, 20, 0);
    TitleKey oldest = full(1000 * MEBI, 50, 3);

    assertThat(choose(EvictionPolicy.HEADS, true, 100 * MEBI))
        .containsExactly(
            new Victim(
                oldest,
                RangeSet.of(new ByteRange(898 * MEBI, 998 * MEBI)),
                /* whole= */ false,
                100 * MEBI));
  }

  @Test
  void heads_readAMomentAgo_goesOnlyWhenNothingElseFreesEnough() {
    TitleKey recent = full(1000 * MEBI, 50, 0);
    TitleKey old = full(1000 * MEBI, DAY, 50);

    assertThat(choose(EvictionPolicy.HEADS, true, 1000 * MEBI))
        .extracting(Victim::key)
        .containsExactly(old);
    assertThat(choose(EvictionPolicy.HEADS, true, 1001 * MEBI))
        .extracting(Victim::key)
        .containsExactly(old, recent);
  }

  @Test
  void choose_titleLargerThanTheCache_goesBehindItsReaders() {
    RangeSet all = RangeSet.of(new ByteRange(0, 9000 * MEBI));
    TitleKey key = add(9000 * MEBI, 20_000 * MEBI, 0, 1, 0, false, all);
    Candidate closed = candidates.removeLast();
    candidates.add(new Candidate(closed.use(), true, OptionalLong.of(8000 * MEBI)));
    full(1000 * MEBI, 30 * DAY, 0);

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, 500 * MEBI);

    assertThat(victims).hasSize(1);
    assertThat(victims.getFirst().key()).isEqualTo(key);
    assertThat(victims.getFirst().ranges())
        .isEqualTo(RangeSet.of(new ByteRange(32 * MEBI, 532 * MEBI)));
  }

  @Test
  void choose_titleLargerThanTheCache_keepsWhatItsReaderMaySend() {
    RangeSet all = RangeSet.of(new ByteRange(0, 9000 * MEBI));
    add(9000 * MEBI, 20_000 * MEBI, 0, 1, 0, false, all);
    Candidate closed = candidates.removeLast();
    candidates.add(new Candidate(closed.use(), true, OptionalLong.of(100 * MEBI)));

    List<Victim> victims = choose(EvictionPolicy.LRU, true, 5000 * MEBI);

    assertThat(victims.getFirst().ranges())
        .isEqualTo(RangeSet.of(new ByteRange(32 * MEBI, 84 * MEBI)));
  }

  @Test
  void choose_filmOfAnotherFileSystem_goesWhole() {
    TitleKey old = full(1000 * MEBI, 30 * DAY, 0);
    footprint = new Footprint.Chunked(16 * MEBI, /* base= */ 500 * MEBI);

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, MEBI);

    assertThat(victims).extracting(Victim::key).containsExactly(old);
    assertThat(victims).allMatch(Victim::whole);
  }

  @Test
  void chunks_behindReaders_goAsWholeChunks() {
    footprint = new Footprint.Chunked(16 * MEBI, /* base= */ 0);
    RangeSet all = RangeSet.of(new ByteRange(0, 9000 * MEBI));
    add(9000 * MEBI, 20_000 * MEBI, 0, 1, 0, false, all);
    Candidate closed = candidates.removeLast();
    candidates.add(new Candidate(closed.use(), true, OptionalLong.of(100 * MEBI)));

    List<Victim> victims = choose(EvictionPolicy.HEADS, true, 5000 * MEBI);

    assertThat(victims.getFirst().ranges())
        .isEqualTo(RangeSet.of(new ByteRange(32 * MEBI, 80 * MEBI)));
    assertThat(victims.getFirst().freed()).isEqualTo(48 * MEBI);
  }

  @Test
  void choose_randomStores_neverTakesTheProtectedNorTooMuch() {
    long seed = System.nanoTime();
    System.out.println("EvictionOrderTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      candidates.clear();
      present.clear();
      asked.clear();
      boolean punch = random.nextInt(4) > 0;
      footprint =
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
    List<Victim> victims = choose(policy, punch, toFree);
    assertThat(asked).as(description).doesNotHaveDuplicates();
    long possible = 0;
    long older = 0;
    Set<TitleKey> allowed = new HashSet<>();
    for (Candidate candidate : candidates) {
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
      assertThat(candidates)
          .as(description)
          .filteredOn(one -> allowed.contains(one.use().key()))
          .filteredOn(one -> victims.stream().noneMatch(gone -> gone.key().equals(one.use().key())))
          .allMatch(one -> one.use().lastAccess() >= latest);
    }
    // A chunk is freed only with its last byte, and two chunks hold parts that stay.
    long coarse = 2 * (footprint.unit() - Accounts.BLOCK);
    long freed = 0;
    long largest = 0;
    Set<TitleKey> seen = new HashSet<>();
    for (Victim victim : victims) {
      RangeSet all = present.get(victim.key());
      RangeSet rest = minus(all, victim.ranges());
      assertThat(allowed).as(description).contains(victim.key());
      assertThat(seen.add(victim.key())).as(description).isTrue();
      assertThat(victim.ranges().isEmpty()).as(description).isFalse();
      assertThat(minus(victim.ranges(), all).isEmpty()).as(description).isTrue();
      assertThat(victim.whole()).as(description).isEqualTo(rest.isEmpty());
      assertThat(victim.freed())
          .as(description)
          .isEqualTo(footprint.bytes(all) - footprint.bytes(rest));
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
    return candidates.stream()
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
    add(
        footprint.bytes(ranges),
        random.nextInt(10) == 0 ? -1 : total,
        age,
        random.nextInt(20),
        random.nextLong(total),
        random.nextInt(8) == 0,
        ranges);
    if (random.nextInt(4) == 0) {
      OptionalLong reader =
          random.nextBoolean() ? OptionalLong.of(random.nextLong(total)) : OptionalLong.empty();
      candidates.add(new Candidate(candidates.removeLast().use(), true, reader));
    }
  }

  private TitleKey full(long total, long age, long hits) {
    return full(total, age, hits, 0);
  }

  private TitleKey full(long total, long age, long hits, long watched) {
    return add(total, total, age, hits, watched, false, RangeSet.of(new ByteRange(0, total)));
  }

  private void headOf(long total, long age) {
    RangeSet head = RangeSet.of(new ByteRange(0, 8 * MEBI), new ByteRange(total - 2 * MEBI, total));
    add(10 * MEBI, total, age, 0, 0, false, head);
  }

  private TitleKey add(
      long used, long total, long age, long hits, long watched, boolean pinned, RangeSet ranges) {
    TitleKey key = key(candidates.size());
    TitleUse use = new TitleUse(key, used, total, NOW - age, hits, watched, used == total, pinned);
    candidates.add(new Candidate(use, false, OptionalLong.empty()));
    present.put(key, ranges);
    return key;
  }

  private List<Victim> choose(EvictionPolicy policy, boolean punch, long toFree) {
    return EvictionOrder.choose(
        candidates,
        key -> {
          asked.add(key);
          return new EvictionOrder.Stock(present.get(key), footprint);
        },
        new Need(policy, punch, LIMIT, toFree, NOW));
  }

  private static RangeSet minus(RangeSet set, RangeSet other) {
    RangeSet rest = set;
    for (ByteRange range : other.ranges()) {
      rest = rest.minus(range);
    }
    return rest;
  }

  private static TitleKey key(int number) {
    StringBuilder key = new StringBuilder("a".repeat(22));
    for (int rest = number, i = 0; i < 4; i++, rest /= 26) {
      key.append((char) ('a' + rest % 26));
    }
    return new TitleKey(key.toString());
  }
}
