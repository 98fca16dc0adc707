package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.DemandState;
import streamcache.fill.AccountState.TitleState;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

final class DecisionTest {

  private static final long MIB = 1024 * 1024;
  private static final long TOTAL = 1000 * MIB;
  private static final TitleKey TITLE = new TitleKey("a".repeat(26));
  private static final long END = Long.MAX_VALUE;

  private final Decision decision = new Decision(20 * MIB);

  /** A title under test, changed step by step. */
  private static final class Case {
    boolean known = true;
    RangeSet present = RangeSet.EMPTY;
    boolean ranges = true;
    int most = 2;
    boolean fill = true;
    boolean paused;
    long rate;
    final List<DemandState> demands = new ArrayList<>();
    final List<ConnectionState> connections = new ArrayList<>();

    Case demand(long position, boolean blocked) {
      demands.add(new DemandState(position, END, blocked, /* factsOnly= */ false));
      return this;
    }

    Case connection(long id, long position, long limit) {
      connections.add(new ConnectionState(id, position, limit, rate, /* closing= */ false));
      return this;
    }

    AccountState state() {
      OptionalLong total = known ? OptionalLong.of(TOTAL) : OptionalLong.empty();
      return new AccountState(
          List.of(
              new TitleState(
                  TITLE,
                  known,
                  total,
                  present,
                  ranges,
                  ranges ? most : 1,
                  fill,
                  paused,
                  demands,
                  connections)));
    }
  }

  private List<Action> decide(Case title) {
    return decision.decide(title.state());
  }

  private static Case unknown() {
    Case title = new Case();
    title.known = false;
    return title;
  }

  @Test
  void decide_unknownTitle_opensOnceAtStart() {
    Case title = unknown().demand(0, true);
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, 0, END));
    title.connection(1, 0, END).demand(0, true);
    assertThat(decide(title)).isEmpty();
  }

  @Test
  void decide_unknownTitleNearRange_startsFillAtZero() {
    assertThat(decide(unknown().demand(20 * MIB, true)))
        .containsExactly(new Action.Open(TITLE, 0, END));
  }

  @Test
  void decide_unknownTitleFarRange_looksAtTheBeginningAndFetchesThatRangeNext() {
    long far = 20 * MIB + 1;
    long beginning = Decision.BEGINNING_BYTES;
    assertThat(decide(unknown().demand(far, true)))
        .containsExactly(new Action.Open(TITLE, 0, beginning));
    Case title = new Case().connection(1, 0, beginning).demand(far, true);
    assertThat(decide(title)).as("its end comes first").isEmpty();
    title.connections.clear();
    title.present = RangeSet.EMPTY.plus(new ByteRange(0, beginning));
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, far, END));
  }

  @Test
  void decide_headOfUnknownTitle_asksForLittle() {
    Case title = unknown();
    title.demands.add(new DemandState(0, END, true, /* factsOnly= */ true));
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, 0, Decision.FACTS_BYTES));
  }

  @Test
  void decide_blockedFarAhead_opensSecondConnection() {
    Case title = new Case().connection(1, 50 * MIB, END).demand(500 * MIB, true);
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, 500 * MIB, END));
  }

  @Test
  void decide_blockedNearAhead_readsOn() {
    assertThat(decide(new Case().connection(1, 50 * MIB, END).demand(70 * MIB, true))).isEmpty();
  }

  @Test
  void decide_blockedNearAheadOfSlowConnection_opensSecond() {
    Case title = new Case();
    title.rate = 2 * MIB;
    title.connection(1, 50 * MIB, END).demand(53 * MIB, true);
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, 53 * MIB, END));
    title.demands.set(0, new DemandState(52 * MIB, END, true, /* factsOnly= */ false));
    assertThat(decide(title)).isEmpty();
  }

  @Test
  void decide_blockedBehindConnection_opensUpToIt() {
    Case title = new Case().connection(1, 500 * MIB, END).demand(100 * MIB, true);
    title.present = RangeSet.of(new ByteRange(400 * MIB, 500 * MIB));
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, 100 * MIB, 400 * MIB));
    title.present = RangeSet.EMPTY;
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, 100 * MIB, 500 * MIB));
  }

  @Test
  void decide_thirdFarReader_takesPlaceOfConnectionNobodyWaitsFor() {
    Case title =
        new Case()
            .connection(1, 10 * MIB, 500 * MIB)
            .connection(2, 500 * MIB, END)
            .demand(500 * MIB, true)
            .demand(900 * MIB, true);
    assertThat(decide(title)).containsExactly(new Action.Close(TITLE, 1));
  }

  @Test
  void decide_thirdFarReaderAllNeeded_waits() {
    Case title =
        new Case()
            .connection(1, 10 * MIB, 500 * MIB)
            .connection(2, 500 * MIB, END)
            .demand(10 * MIB, true)
            .demand(500 * MIB, true)
            .demand(900 * MIB, true);
    assertThat(decide(title)).isEmpty();
  }

  @Test
  void decide_providerWithoutRanges_neverOpensSecond() {
    Case title = new Case().connection(1, 10 * MIB, END).demand(900 * MIB, true);
    title.ranges = false;
    assertThat(decide(title)).isEmpty();
  }

  @Test
  void decide_nobodyWaits_fillsHoleAheadOfNewestReaderFirst() {
    Case title = new Case().demand(600 * MIB, false);
    title.present = RangeSet.of(new ByteRange(550 * MIB, 700 * MIB));
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, 700 * MIB, END));
    title.present = RangeSet.of(new ByteRange(550 * MIB, TOTAL));
    assertThat(decide(title)).containsExactly(new Action.Open(TITLE, 0, 550 * MIB));
  }

  @Test
  void decide_pausedTitle_opensNothing() {
    Case title = new Case().demand(0, true);
    title.paused = true;
    assertThat(decide(title)).isEmpty();
  }

  @Test
  void decide_completeTitle_opensNothing() {
    Case title = new Case().demand(0, false);
    title.present = RangeSet.of(new ByteRange(0, TOTAL));
    assertThat(decide(title)).isEmpty();
  }

  @Test
  void decide_fillNotWanted_opensNothing() {
    Case title = new Case();
    title.fill = false;
    assertThat(decide(title)).isEmpty();
  }

  @Test
  void decide_secondConnectionRefusedBefore_movesTheOne() {
    Case title = new Case().connection(1, 50 * MIB, END).demand(500 * MIB, true);
    title.most = 1;
    assertThat(decide(title)).containsExactly(new Action.Close(TITLE, 1));
  }
}
