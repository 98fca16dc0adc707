package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.origin.Failure;

/** When a request that is not for playback may have a slot beside players. */
final class SideQueriesTest {

  private static final Failure CUT = new Failure.Broken(OptionalInt.empty(), "cut");
  private static final Failure GONE = new Failure.Gone(OptionalInt.of(404), "no such file");

  private final FakeAccount account = new FakeAccount();
  private long now = -5_000_000_000L;
  private AccountMachine machine = account.machine(/* connections= */ 3, now);
  private long demands;

  private List<Effect> on(AccountEvent event) {
    return machine.on(event, now);
  }

  private boolean begins() {
    return machine.beginSideQuery(SideQueryTurn.BESIDE_PLAYERS, now).isPresent();
  }

  /** A film plays; returns its connection. */
  private long plays(char name) {
    FakeTitle title = new FakeTitle(name);
    on(title.came(++demands, new FakeReader()));
    long connection =
        on(new AccountEvent.TimePassed()).stream()
            .filter(Effect.Open.class::isInstance)
            .map(effect -> ((Effect.Open) effect).connection())
            .findFirst()
            .orElseThrow();
    title.isKnown = true;
    title.total = OptionalLong.of(1L << 30);
    on(new AccountEvent.ConnectionAnswered(connection, Duration.ofMillis(100)));
    return connection;
  }

  private void leave() {
    on(new AccountEvent.DemandLeft(demands));
  }

  private void ends(long connection, Failure failure) {
    on(
        new AccountEvent.ConnectionEnded(
            connection,
            /* hasStarted= */ true,
            new ConnectionEnd.Failed(failure),
            Brought.NOTHING));
  }

  /** One slot is kept for the next player wherever one is there. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, true",
    "1, 1, false",
    "2, 1, false",
    "3, 1, true",
    "3, 2, false",
    "4, 2, true"
  })
  void begin_besidePlayers_leavesThemASlot(int allowed, int players, boolean begins) {
    machine = account.machine(allowed, now);
    for (int player = 0; player < players; player++) {
      long _ = plays((char) ('a' + player));
    }
    assertThat(begins()).isEqualTo(begins);
    assertThat(new Invariants().hold(machine, now)).isTrue();
  }

  /** What nobody waits for, such as whether a file has changed. */
  @Test
  void begin_alone_waitsForQuiet() {
    machine = account.machine(/* connections= */ 4, now);
    assertThat(machine.beginSideQuery(SideQueryTurn.ALONE, now)).isPresent();
    on(new AccountEvent.SideQueryEnded(/* hasAsked= */ false));
    long _ = plays('a');
    assertThat(machine.beginSideQuery(SideQueryTurn.ALONE, now)).isEmpty();
    leave();
    assertThat(machine.beginSideQuery(SideQueryTurn.ALONE, now)).isEmpty();
  }

  @Test
  void begin_besideAFillThatNobodyWatches_mayHaveTheLastSlot() {
    machine = account.machine(/* connections= */ 2, now);
    long _ = plays('a');
    assertThat(begins()).isFalse();
    leave();
    assertThat(begins()).isTrue();
  }

  @Test
  void begin_whileOneRuns_isRefused() {
    machine = account.machine(/* connections= */ 4, now);
    assertThat(begins()).isTrue();
    assertThat(begins()).isFalse();
    on(new AccountEvent.SideQueryEnded(/* hasAsked= */ false));
    assertThat(begins()).isTrue();
  }

  /** The film rests after a failure, and its player is to get the next connection. */
  @Test
  void begin_whileAPlayerWaitsWithoutAConnection_isRefused() {
    machine = account.machine(/* connections= */ 4, now);
    long connection = plays('a');
    on(new AccountEvent.DemandBlocked(1));
    assertThat(begins()).as("it waits for its own connection").isTrue();
    on(new AccountEvent.SideQueryEnded(/* hasAsked= */ false));
    ends(connection, CUT);
    assertThat(begins()).isFalse();
  }

  @Test
  void lastSlotGoesToAPlayer_queryIsCancelled() {
    long _ = plays('a');
    assertThat(begins()).isTrue();
    on(new FakeTitle('b').came(++demands, new FakeReader()));
    assertThat(on(new AccountEvent.TimePassed())).doesNotContain(new Effect.CancelSideQuery());
    on(new FakeTitle('c').came(++demands, new FakeReader()));
    assertThat(on(new AccountEvent.DemandBlocked(demands))).contains(new Effect.CancelSideQuery());
  }

  @Test
  void refused_besideAPlayer_runsAloneForAWhile() {
    long _ = plays('a');
    assertThat(begins()).isTrue();
    assertThat(machine.questions().isSideQueryBesideOthers()).isTrue();
    on(new AccountEvent.SideQueryRefused());
    runsAloneForAWhile();
  }

  /** Some providers close an older connection in favour of a new one. */
  @Test
  void connectionBreaks_whileAQueryRuns_runsAloneForAWhile() {
    long _ = plays('a');
    leave();
    long broken = plays('b');
    leave();
    assertThat(begins()).isTrue();
    ends(broken, CUT);
    runsAloneForAWhile();
  }

  private void runsAloneForAWhile() {
    on(new AccountEvent.SideQueryEnded(/* hasAsked= */ true));
    now += SideQueries.ALONE.minusSeconds(1).toNanos();
    assertThat(begins()).isFalse();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(begins()).isTrue();
  }

  @Test
  void connectionEnds_forAReasonOfItsOwn_changesNothing() {
    machine = account.machine(/* connections= */ 4, now);
    long gone = plays('a');
    leave();
    long _ = plays('b');
    assertThat(begins()).isTrue();
    ends(gone, GONE);
    on(new AccountEvent.SideQueryEnded(/* hasAsked= */ false));
    assertThat(begins()).isTrue();
  }

  @Test
  void refused_alone_mayRunBesidePlayersLater() {
    assertThat(begins()).isTrue();
    assertThat(machine.questions().isSideQueryBesideOthers()).isFalse();
    on(new AccountEvent.SideQueryRefused());
    on(new AccountEvent.SideQueryEnded(/* hasAsked= */ false));
    long _ = plays('a');
    assertThat(begins()).isTrue();
  }

  /**
   * Found by exploration: a refused query counted as a connection that was closed, and an account
   * that was accepted soon after it as one that counts no closed connections.
   */
  @Test
  void ended_refused_leavesNoClosedConnectionBehind() {
    machine = account.machine(/* connections= */ 1, now);
    assertThat(begins()).isTrue();
    on(new AccountEvent.SideQueryRefused());
    on(new AccountEvent.SideQueryEnded(/* hasAsked= */ true));
    assertThat(machine.budget().active()).isZero();
    assertThat(machine.budget().cooling(now)).isZero();
    assertThat(machine.budget().sinceClose(now)).isEmpty();

    assertThat(begins()).isTrue();
    on(new AccountEvent.SideQueryEnded(/* hasAsked= */ true));
    assertThat(machine.budget().sinceClose(now)).as("one that was answered").isPresent();
  }
}
