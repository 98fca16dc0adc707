package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.EvictionCase.DAY;
import static streamcache.store.EvictionCase.MEBI;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.EvictionPolicy;
import streamcache.store.EvictionOrder.Candidate;
import streamcache.store.EvictionOrder.Victim;

final class EvictionOrderTest {

  private final EvictionCase store = new EvictionCase();

  @Test
  void heads_leastWorthFirst_fromTheEndTowardsTheHead() {
    TitleKey old = store.full(1000 * MEBI, 30 * DAY, 0);
    store.full(1000 * MEBI, DAY, 0);

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, 100 * MEBI);

    assertThat(victims).hasSize(1);
    Victim victim = victims.getFirst();
    assertThat(victim.key()).isEqualTo(old);
    assertThat(victim.whole()).isFalse();
    assertThat(victim.ranges()).isEqualTo(RangeSet.of(new ByteRange(898 * MEBI, 998 * MEBI)));
    assertThat(victim.freed()).isEqualTo(100 * MEBI);
  }

  @Test
  void heads_allBodies_goBeforeTheFirstHead() {
    TitleKey first = store.full(1000 * MEBI, 30 * DAY, 0);
    TitleKey second = store.full(1000 * MEBI, 20 * DAY, 0);

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, 1980 * MEBI);

    // Each keeps a head of 8 MiB and an index of 2 MiB.
    assertThat(victims).extracting(Victim::key).containsExactly(first, second);
    assertThat(victims).noneMatch(Victim::whole);
    assertThat(victims.getFirst().ranges())
        .isEqualTo(RangeSet.of(new ByteRange(8 * MEBI, 998 * MEBI)));
  }

  @Test
  void heads_nothingElseLeft_goLongestUnreadFirst() {
    TitleKey first = store.full(1000 * MEBI, 30 * DAY, 0);
    store.full(1000 * MEBI, 20 * DAY, 0);

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, 1981 * MEBI);

    assertThat(victims).filteredOn(Victim::whole).extracting(Victim::key).containsExactly(first);
  }

  @Test
  void heads_overTheirBudget_goBeforeBodies() {
    for (int i = 0; i < 150; i++) {
      store.headOf(1000 * MEBI, (200 - i) * DAY);
    }
    store.full(1000 * MEBI, 300 * DAY, 0);

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, 100 * MEBI);

    assertThat(victims).hasSize(10).allMatch(Victim::whole);
    assertThat(victims.getFirst().key()).isEqualTo(store.candidates.getFirst().use().key());
  }

  @Test
  void heads_withinTheirBudget_stayWhileThereIsABody() {
    for (int i = 0; i < 90; i++) {
      store.headOf(1000 * MEBI, (200 - i) * DAY);
    }
    TitleKey body = store.full(1000 * MEBI, DAY, 50);

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, 100 * MEBI);

    assertThat(victims).extracting(Victim::key).containsExactly(body);
  }

  @Test
  void heads_finishedTitle_goesBeforeOneInProgress() {
    store.full(1000 * MEBI, DAY, 1, 500 * MEBI);
    TitleKey finished = store.full(1000 * MEBI, DAY, 1, 990 * MEBI);
    store.full(1000 * MEBI, DAY, 1, 0);

    assertThat(store.choose(EvictionPolicy.HEADS, true, MEBI))
        .extracting(Victim::key)
        .containsExactly(finished);
  }

  @Test
  void heads_titleOfUnknownLength_keepsItsFirstEightMebibytes() {
    TitleKey key =
        store.add(100 * MEBI, -1, DAY, 0, 0, false, RangeSet.of(new ByteRange(0, 100 * MEBI)));

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, 92 * MEBI);

    assertThat(victims)
        .containsExactly(
            new Victim(
                key,
                RangeSet.of(new ByteRange(8 * MEBI, 100 * MEBI)),
                false,
                92 * MEBI,
                EvictionReason.LEAST_WORTH));
  }

  @Test
  void heads_withoutPunch_takesWholeTitlesByLastAccess() {
    store.full(1000 * MEBI, 2 * DAY, 0);
    TitleKey old = store.full(1000 * MEBI, 3 * DAY, 100);

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, false, MEBI);

    assertThat(victims).hasSize(1);
    assertThat(victims.getFirst().key()).isEqualTo(old);
    assertThat(victims.getFirst().whole()).isTrue();
  }

  @Test
  void lru_wholeTitles_longestUnreadFirst() {
    store.full(1000 * MEBI, DAY, 0);
    TitleKey third = store.full(1000 * MEBI, 2 * DAY, 9);
    TitleKey oldest = store.full(1000 * MEBI, 9 * DAY, 99);

    List<Victim> victims = store.choose(EvictionPolicy.LRU, true, 1001 * MEBI);

    assertThat(victims).extracting(Victim::key).containsExactly(oldest, third);
    assertThat(victims).allMatch(Victim::whole);
  }

  @Test
  void choose_nothingNeeded_takesNothing() {
    store.full(1000 * MEBI, DAY, 0);

    assertThat(store.choose(EvictionPolicy.HEADS, true, 0)).isEmpty();
    assertThat(store.choose(EvictionPolicy.LRU, true, 0)).isEmpty();
  }

  @Test
  void choose_manyTitles_asksOnlyForThoseReached() {
    for (int i = 0; i < 1000; i++) {
      store.full(1000 * MEBI, DAY + i, 0);
    }

    store.choose(EvictionPolicy.HEADS, true, 1500 * MEBI);

    assertThat(store.asked).hasSize(2);
  }

  @Test
  void choose_timeFromTheFuture_doesNotProtectForEver() {
    TitleKey key = store.full(1000 * MEBI, -1000 * DAY, 0);

    assertThat(store.choose(EvictionPolicy.LRU, true, MEBI))
        .extracting(Victim::key)
        .containsExactly(key);
  }

  /** Films read within ten minutes filled the cache, and later films bypassed the store. */
  @Test
  void lru_allReadAMomentAgo_oldestGoes() {
    store.full(1000 * MEBI, 20, 0);
    TitleKey oldest = store.full(1000 * MEBI, 50, 3);

    assertThat(store.choose(EvictionPolicy.LRU, true, MEBI))
        .extracting(Victim::key)
        .containsExactly(oldest);
  }

  @Test
  void heads_allReadAMomentAgo_bodyOfTheOldestGoesFromItsEnd() {
    store.full(1000 * MEBI, 20, 0);
    TitleKey oldest = store.full(1000 * MEBI, 50, 3);

    assertThat(store.choose(EvictionPolicy.HEADS, true, 100 * MEBI))
        .containsExactly(
            new Victim(
                oldest,
                RangeSet.of(new ByteRange(898 * MEBI, 998 * MEBI)),
                /* whole= */ false,
                100 * MEBI,
                EvictionReason.RECENT));
  }

  @Test
  void heads_readAMomentAgo_goesOnlyWhenNothingElseFreesEnough() {
    TitleKey recent = store.full(1000 * MEBI, 50, 0);
    TitleKey old = store.full(1000 * MEBI, DAY, 50);

    assertThat(store.choose(EvictionPolicy.HEADS, true, 1000 * MEBI))
        .extracting(Victim::key)
        .containsExactly(old);
    assertThat(store.choose(EvictionPolicy.HEADS, true, 1001 * MEBI))
        .extracting(Victim::key)
        .containsExactly(old, recent);
  }

  @Test
  void choose_titleLargerThanTheCache_goesBehindItsReaders() {
    RangeSet all = RangeSet.of(new ByteRange(0, 9000 * MEBI));
    TitleKey key = store.add(9000 * MEBI, 20_000 * MEBI, 0, 1, 0, false, all);
    Candidate closed = store.candidates.removeLast();
    store.candidates.add(new Candidate(closed.use(), true, OptionalLong.of(8000 * MEBI)));
    store.full(1000 * MEBI, 30 * DAY, 0);

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, 500 * MEBI);

    assertThat(victims).hasSize(1);
    assertThat(victims.getFirst().key()).isEqualTo(key);
    assertThat(victims.getFirst().ranges())
        .isEqualTo(RangeSet.of(new ByteRange(32 * MEBI, 532 * MEBI)));
  }

  @Test
  void choose_titleLargerThanTheCache_keepsWhatItsReaderMaySend() {
    RangeSet all = RangeSet.of(new ByteRange(0, 9000 * MEBI));
    store.add(9000 * MEBI, 20_000 * MEBI, 0, 1, 0, false, all);
    Candidate closed = store.candidates.removeLast();
    store.candidates.add(new Candidate(closed.use(), true, OptionalLong.of(100 * MEBI)));

    List<Victim> victims = store.choose(EvictionPolicy.LRU, true, 5000 * MEBI);

    assertThat(victims.getFirst().ranges())
        .isEqualTo(RangeSet.of(new ByteRange(32 * MEBI, 84 * MEBI)));
  }

  @Test
  void choose_filmOfAnotherFileSystem_goesWhole() {
    TitleKey old = store.full(1000 * MEBI, 30 * DAY, 0);
    store.footprint = new Footprint.Chunked(16 * MEBI, /* base= */ 500 * MEBI);

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, MEBI);

    assertThat(victims).extracting(Victim::key).containsExactly(old);
    assertThat(victims).allMatch(Victim::whole);
  }

  @Test
  void chunks_behindReaders_goAsWholeChunks() {
    store.footprint = new Footprint.Chunked(16 * MEBI, /* base= */ 0);
    RangeSet all = RangeSet.of(new ByteRange(0, 9000 * MEBI));
    store.add(9000 * MEBI, 20_000 * MEBI, 0, 1, 0, false, all);
    Candidate closed = store.candidates.removeLast();
    store.candidates.add(new Candidate(closed.use(), true, OptionalLong.of(100 * MEBI)));

    List<Victim> victims = store.choose(EvictionPolicy.HEADS, true, 5000 * MEBI);

    assertThat(victims.getFirst().ranges())
        .isEqualTo(RangeSet.of(new ByteRange(32 * MEBI, 80 * MEBI)));
    assertThat(victims.getFirst().freed()).isEqualTo(48 * MEBI);
  }
}
