package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** What an account does, event by event, in virtual time. */
final class AccountMachineTest {

  private static final Failure TOO_MANY =
      new Failure.Limit(OptionalInt.of(429), "too many", Optional.empty());

  private final FakeAccount account = new FakeAccount();
  private long now = -5_000_000_000L;
  private final AccountMachine machine = account.machine(/* connections= */ 2, now);
  private final List<Effect> seen = new ArrayList<>();
  private final FakeTitle first = new FakeTitle('a');
  private final FakeTitle second = new FakeTitle('b');
  private final FakeTitle third = new FakeTitle('c');

  private List<Effect> on(AccountEvent event) {
    List<Effect> effects = machine.on(event, now);
    seen.addAll(effects);
    return effects;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** A player arrives, and the machine handles what follows for connections. */
  private List<Effect> comes(FakeTitle title, long demand) {
    List<Effect> effects = new ArrayList<>(on(title.came(demand, new FakeReader())));
    effects.addAll(on(new AccountEvent.TimePassed()));
    return effects;
  }

  private static List<Effect.Open> opens(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Open.class::isInstance)
        .map(Effect.Open.class::cast)
        .toList();
  }

  private static AccountEvent over(long connection, ConnectionEnd end) {
    return new AccountEvent.ConnectionEnded(
        connection, /* hasStarted= */ true, end, Brought.NOTHING);
  }

  private List<Effect> ended(long connection, ConnectionEnd end) {
    return on(over(connection, end));
  }

  private void answered(FakeTitle title, long connection) {
    title.isKnown = true;
    title.total = OptionalLong.of(1L << 30);
    on(new AccountEvent.ConnectionAnswered(connection, Duration.ofMillis(100)));
  }

  @Test
  void demandCame_placeIsFree_opensOneConnection() {
    assertThat(opens(comes(first, 1)))
        .singleElement()
        .satisfies(open -> {
          assertThat(open.title()).isEqualTo(first.link.key());
          assertThat(open.range().start()).isZero();
          assertThat(open.isAwaited()).isTrue();
        });
    assertThat(opens(comes(first, 2))).as("one download a title").isEmpty();
  }

  @Test
  void demandCame_noPlaceIsFree_getsTheNextThatComesFree() {
    comes(first, 1);
    comes(second, 2);
    assertThat(opens(comes(third, 3))).isEmpty();
    Failure gone = new Failure.Gone(OptionalInt.of(404), "no such file");
    assertThat(opens(ended(0, new ConnectionEnd.Failed(gone))))
        .singleElement()
        .extracting(Effect.Open::title)
        .isEqualTo(third.link.key());
    assertThat(seen).contains(new Effect.FailDemand(1, gone));
  }

  /** The provider never saw it, so that nothing has to be waited for. */
  @Test
  void connectionEnded_tookStoredBytesOfAnotherNode_leavesNothingToCountDown() {
    long copy = opens(comes(first, 1)).getFirst().connection();
    comes(second, 2);
    on(new AccountEvent.ConnectionCopies(copy));
    answered(first, copy);
    assertThat(opens(comes(third, 3))).as("it has a slot").isEmpty();

    first.present = RangeSet.of(new ByteRange(0, 1L << 30));
    List<Effect> effects = ended(copy, new ConnectionEnd.Finished());

    assertThat(opens(effects)).extracting(Effect.Open::title).containsExactly(third.link.key());
  }

  @Test
  void connectionAnswered_byAnotherNode_teachesNothingOfTheProvider() {
    long copy = opens(comes(first, 1)).getFirst().connection();
    on(new AccountEvent.ConnectionCopies(copy));
    answered(first, copy);
    assertThat(seen).noneMatch(Effect.LearnAgent.class::isInstance);

    long other = opens(comes(second, 2)).getFirst().connection();
    answered(second, other);
    assertThat(seen).anyMatch(Effect.LearnAgent.class::isInstance);
  }

  @Test
  void connectionUnplaced_isNotOpenedAgainBeforeTheNextTick() {
    long connection = opens(comes(first, 1)).getFirst().connection();
    assertThat(opens(on(new AccountEvent.ConnectionWithoutSlot(connection)))).isEmpty();
    assertThat(opens(on(new AccountEvent.TimePassed()))).isEmpty();
    assertThat(opens(on(new AccountEvent.Ticked()))).hasSize(1);
  }

  /** A thread that does not start costs no slot, and the provider no request. */
  @Test
  void connectionEnded_neverStarted_losesNoPlace() {
    long connection = opens(comes(first, 1)).getFirst().connection();
    Failure unreachable = new Failure.Unreachable(OptionalInt.empty(), "no thread");
    on(
        new AccountEvent.ConnectionEnded(
            connection,
            /* hasStarted= */ false,
            new ConnectionEnd.Failed(unreachable),
            Brought.NOTHING));
    assertThat(opens(comes(second, 2))).hasSize(1);
    assertThat(opens(comes(third, 3))).hasSize(1);
  }

  /** The player of a range past the end, before the length was known, is not forgotten. */
  @Test
  void connectionEnded_lengthTurnsOutToBeShorterThanAPosition_nothingIsMissing() {
    FakeReader reader = new FakeReader();
    reader.position = 5000;
    on(first.came(1, reader));
    long connection = opens(on(new AccountEvent.TimePassed())).getFirst().connection();
    answered(first, connection);
    on(new AccountEvent.DemandBlocked(1));
    first.total = OptionalLong.of(1000);
    first.present = RangeSet.of(new ByteRange(0, 1000));
    assertThat(opens(ended(connection, new ConnectionEnd.Finished()))).isEmpty();
    assertThat(new Invariants().hold(machine, now)).isTrue();
  }

  /**
   * Found by exploration: a file sent only from its start was read again at each pause of a player.
   */
  @Test
  void connectionEnded_readForNothingAndClosed_restsBeforeTheNextFill() {
    on(first.watched(1, new FakeReader()));
    long connection = opens(on(new AccountEvent.TimePassed())).getFirst().connection();
    answered(first, connection);
    first.present = RangeSet.of(new ByteRange(0, 5000));
    on(new AccountEvent.DemandLeft(1));
    Brought wholeForNothing =
        new Brought(0, false, /* isWhole= */ true, false, OptionalLong.empty(), false);
    on(
        new AccountEvent.ConnectionEnded(
            connection, /* hasStarted= */ true, new ConnectionEnd.Closed(), wholeForNothing));
    pass(Duration.ofSeconds(4));
    assertThat(opens(on(new AccountEvent.Ticked()))).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(opens(on(new AccountEvent.Ticked()))).hasSize(1);
  }

  /** Found by the soak: fills that the store refused took each slot that came free. */
  @Test
  void passWanted_placeComesFree_itIsNotForFills() {
    answered(first, opens(comes(first, 1)).getFirst().connection());
    answered(second, opens(comes(second, 2)).getFirst().connection());
    on(new AccountEvent.DemandBlocked(1));
    assertThat(on(new AccountEvent.PassWanted(7, 1, _ -> false))).isEmpty();
    pass(Duration.ofSeconds(1));
    comes(third, 3);
    List<Effect> effects = ended(1, new ConnectionEnd.Closed());
    effects = new ArrayList<>(effects);
    pass(Duration.ofSeconds(1));
    effects.addAll(on(new AccountEvent.TimePassed()));
    assertThat(effects)
        .filteredOn(Effect.OpenPass.class::isInstance)
        .singleElement()
        .extracting(effect -> ((Effect.OpenPass) effect).pass())
        .isEqualTo(7L);
    assertThat(opens(effects)).isEmpty();
  }

  @Test
  void passFailed_saysTooMany_isAskedAgainLater_andThenGivenUp() {
    answered(first, opens(comes(first, 1)).getFirst().connection());
    List<Duration> pauses = new ArrayList<>();
    boolean isOver = false;
    for (int i = 0; i < 10 && !isOver; i++) {
      pass(Duration.ofSeconds(30));
      on(new AccountEvent.PassWanted(7, 1, _ -> false));
      List<Effect> effects = on(new AccountEvent.PassFailed(7, TOO_MANY, /* isLate= */ true));
      effects.stream()
          .filter(Effect.RetryPass.class::isInstance)
          .forEach(effect -> pauses.add(((Effect.RetryPass) effect).pause()));
      isOver = effects.contains(new Effect.FailPass(7));
    }
    assertThat(isOver).isTrue();
    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8));
  }

  /**
   * Found by exploration: of two players sharing one connection, the second never got a byte. The
   * provider counted a closed connection for longer than players wait, which was never learned.
   */
  @Test
  void anotherTitleIsAccepted_afterOneWasRefusedForTheNumber_teachesTheCoolDown() {
    AccountMachine one = account.machine(/* connections= */ 1, now);
    on(one, first.came(1, new FakeReader()));
    on(one, new AccountEvent.TimePassed());
    on(one, new AccountEvent.ConnectionAnswered(0, Duration.ofMillis(100)));
    on(one, over(0, new ConnectionEnd.Closed()));
    pass(Duration.ofSeconds(1));
    on(one, new AccountEvent.DemandLeft(1));
    on(one, second.came(2, new FakeReader()));
    assertThat(opens(on(one, new AccountEvent.TimePassed()))).isNotEmpty();
    pass(Duration.ofSeconds(7));
    on(one, over(1, new ConnectionEnd.Failed(TOO_MANY)));
    on(one, new AccountEvent.DemandLeft(2));
    pass(Duration.ofSeconds(2));
    on(one, third.came(3, new FakeReader()));
    on(one, new AccountEvent.TimePassed());
    on(one, new AccountEvent.ConnectionAnswered(2, Duration.ofMillis(100)));
    assertThat(on(one, over(2, new ConnectionEnd.Closed())))
        .filteredOn(Effect.Learn.class::isInstance)
        .singleElement()
        .satisfies(effect ->
            assertThat(((Effect.Learn) effect).lessons().coolDown())
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10)));
  }

  private List<Effect> on(AccountMachine other, AccountEvent event) {
    return other.on(event, now);
  }

  @Test
  void sideQuery_beginsOnlyInQuiet_andMakesRoomForAPlayer() {
    comes(first, 1);
    assertThat(machine.beginSideQuery(SideQueryTurn.BESIDE_PLAYERS, now)).isEmpty();
    on(new AccountEvent.DemandLeft(1));
    ended(0, new ConnectionEnd.Closed());
    pass(Duration.ofSeconds(1));
    assertThat(machine.beginSideQuery(SideQueryTurn.BESIDE_PLAYERS, now)).contains(false);
    comes(second, 2);
    assertThat(seen).as("another place is free").doesNotContain(new Effect.CancelSideQuery());
    comes(third, 3);
    assertThat(seen).containsOnlyOnce(new Effect.CancelSideQuery());
    assertThat(opens(on(new AccountEvent.SideQueryEnded(/* hasAsked= */ false)))).hasSize(1);
  }

  @Test
  void stopped_closesEverything_andOpensNothing() {
    long connection = opens(comes(first, 1)).getFirst().connection();
    assertThat(on(new AccountEvent.Stopped())).containsExactly(new Effect.Close(connection));
    assertThat(opens(comes(second, 2))).isEmpty();
    assertThat(ended(connection, new ConnectionEnd.Closed()))
        .contains(new Effect.Release(first.link.key()));
    assertThat(machine.isIdle()).isTrue();
  }

  /** Links may name any number of accounts. */
  @Test
  void forget_openOrJustClosedConnection_isRemembered() {
    long connection = opens(comes(first, 1)).getFirst().connection();
    assertThat(machine.forget(now)).isFalse();
    on(new AccountEvent.DemandLeft(1));
    ended(connection, new ConnectionEnd.Closed());
    assertThat(forget(Duration.ofSeconds(59))).as("a refusal may be about it").isFalse();
    assertThat(machine.isForgotten()).isFalse();
    assertThat(forget(Duration.ofSeconds(60))).isTrue();
    assertThat(machine.isForgotten()).isTrue();
  }

  private boolean forget(Duration after) {
    return machine.forget(now + after.toNanos());
  }

  /** Found under load: before the account learned of the first bytes, a player got a 504. */
  @Test
  void isProviderSilent_acceptedButNotAnswered_isTrueUntilThePlayerIsServed() {
    comes(first, 1);
    assertThat(machine.questions().isProviderSilent(1)).isFalse();
    on(new AccountEvent.ConnectionMade(0, new FakeTransfer()));
    assertThat(machine.questions().isProviderSilent(1)).isTrue();
    assertThat(machine.questions().isServed(1)).isFalse();
    answered(first, 0);
    assertThat(machine.questions().isProviderSilent(1)).isFalse();
    assertThat(machine.questions().isServed(1)).isTrue();
  }

  /** Found by exploration: a fill that gave way was reopened and closed every two seconds. */
  @Test
  void ticked_tooManyConnectionsInAll_fillMakesRoomAndIsLeftAloneForLongerEachTime() {
    on(first.watched(1, new FakeReader()));
    on(new AccountEvent.TimePassed());
    answered(first, 0);
    on(new AccountEvent.DemandLeft(1));
    for (int time = 0; time < 3; time++) {
      account.isCrowded = true;
      assertThat(on(new AccountEvent.Ticked())).contains(new Effect.Close(time));
      account.isCrowded = false;
      ended(time, new ConnectionEnd.Closed());
      pass(RetryState.FILL_REST.multipliedBy(1L << time).minusSeconds(1));
      assertThat(opens(on(new AccountEvent.Ticked()))).isEmpty();
      pass(Duration.ofSeconds(1));
      assertThat(opens(on(new AccountEvent.Ticked()))).hasSize(1);
    }
  }
}
