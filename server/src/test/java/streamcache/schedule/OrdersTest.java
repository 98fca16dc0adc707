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

/** What an account does for titles that nobody plays, in virtual time. */
final class OrdersTest {

  private static final long MIB = 1 << 20;
  private static final long TOTAL = 100 * MIB;
  private static final ByteRange HEAD = new ByteRange(0, 8 * MIB);
  private static final ByteRange TAIL = new ByteRange(TOTAL - 2 * MIB, TOTAL);

  private static final WholeResponse WHOLE =
      new WholeResponse(
          /* mayBeForIfRange= */ false, /* offersRanges= */ false, /* isDisputed= */ false);

  private final FakeAccount account = new FakeAccount();
  private final Invariants invariants = new Invariants();
  private final FakeTitle first = new FakeTitle('a');
  private final FakeTitle second = new FakeTitle('b');
  private long now;
  private AccountMachine machine = account.machine(/* connections= */ 1, now);

  private List<Effect> on(AccountEvent event) {
    List<Effect> effects = machine.on(event, now);
    assertThat(invariants.hold(machine, now)).isTrue();
    return effects;
  }

  private List<Effect> ordered(FakeTitle title, long order, ByteRange range) {
    DemandTerms terms =
        new DemandTerms(
            title.link, /* factsOnly= */ false, "", /* isTrusted= */ true, Optional.empty());
    List<Effect> effects =
        new ArrayList<>(
            on(new AccountEvent.OrderCame(order, title.link.key(), title, range, terms)));
    effects.addAll(on(new AccountEvent.TimePassed()));
    return effects;
  }

  private static List<Effect.Open> opens(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Open.class::isInstance)
        .map(Effect.Open.class::cast)
        .toList();
  }

  private static void know(FakeTitle title) {
    title.isKnown = true;
    title.total = OptionalLong.of(TOTAL);
  }

  private List<Effect> ended(long connection, ConnectionEnd end) {
    List<Effect> effects =
        new ArrayList<>(
            on(
                new AccountEvent.ConnectionEnded(
                    connection, /* hasStarted= */ true, end, Brought.NOTHING)));
    now += Duration.ofSeconds(10).toNanos();
    effects.addAll(on(new AccountEvent.Ticked()));
    return effects;
  }

  @Test
  void orderCame_unknownTitle_opensItsRangeForNoPlayer() {
    assertThat(opens(ordered(first, 1, HEAD)))
        .singleElement()
        .satisfies(open -> {
          assertThat(open.range()).isEqualTo(HEAD);
          assertThat(open.purpose()).isEqualTo(FetchPurpose.PREWARM);
          assertThat(open.isAwaited()).isFalse();
        });
  }

  @Test
  void orderCame_partOfItStored_opensTheHole() {
    know(first);
    first.present = RangeSet.of(new ByteRange(0, 3 * MIB), new ByteRange(6 * MIB, 7 * MIB));
    assertThat(opens(ordered(first, 1, HEAD)))
        .singleElement()
        .extracting(Effect.Open::range)
        .isEqualTo(new ByteRange(3 * MIB, 6 * MIB));
  }

  @Test
  void orderCame_allOfItStored_opensNothing() {
    know(first);
    first.present = RangeSet.of(HEAD, TAIL);
    assertThat(opens(ordered(first, 1, HEAD))).isEmpty();
    assertThat(opens(ordered(first, 2, TAIL))).isEmpty();
  }

  @Test
  void orderCame_lastFreeSlotOfTwo_isLeftToPlayers() {
    machine = account.machine(/* connections= */ 2, now);
    assertThat(opens(ordered(first, 1, HEAD))).hasSize(1);
    assertThat(opens(ordered(second, 2, HEAD))).isEmpty();
    assertThat(opens(on(second.came(3, new FakeReader())))).isEmpty();
    assertThat(opens(on(new AccountEvent.TimePassed())))
        .singleElement()
        .satisfies(open -> assertThat(open.isAwaited()).isTrue());
  }

  @Test
  void orderCame_playerOfAnotherTitle_comesFirst() {
    on(second.came(1, new FakeReader()));
    assertThat(opens(on(new AccountEvent.TimePassed()))).hasSize(1);
    assertThat(opens(ordered(first, 2, HEAD))).isEmpty();
    Failure gone = new Failure.Gone(OptionalInt.of(404), "no such file");
    on(new AccountEvent.DemandLeft(1));
    assertThat(opens(ended(0, new ConnectionEnd.Failed(gone))))
        .singleElement()
        .extracting(Effect.Open::title)
        .isEqualTo(first.link.key());
  }

  @Test
  void orderLeft_titleIsReleased() {
    know(first);
    account.mayFill = false;
    assertThat(ordered(first, 1, HEAD)).isEmpty();
    on(new AccountEvent.OrderLeft(1));
    assertThat(on(new AccountEvent.TimePassed())).contains(new Effect.Release(first.link.key()));
    assertThat(machine.questions().isAtRest()).isTrue();
  }

  @Test
  void storeRefuses_orderIsTold() {
    know(first);
    long connection = opens(ordered(first, 1, HEAD)).getFirst().connection();
    assertThat(ended(connection, new ConnectionEnd.StoreRefused()))
        .contains(new Effect.PassStore(1), new Effect.Release(first.link.key()));
  }

  @Test
  void providerGivesUp_orderFails_andTheNextOneAtOnce() {
    Failure gone = new Failure.Gone(OptionalInt.of(404), "no such file");
    long connection = opens(ordered(first, 1, HEAD)).getFirst().connection();
    assertThat(ended(connection, new ConnectionEnd.Failed(gone)))
        .contains(new Effect.FailDemand(1, gone));
  }

  /** The whole file would be read for its end. */
  @Test
  void wholeAnswer_endIsNotRead() {
    know(first);
    first.present = RangeSet.of(HEAD);
    long connection = opens(ordered(first, 1, TAIL)).getFirst().connection();
    on(new AccountEvent.ConnectionMade(connection, new FakeTransfer()));
    assertThat(machine.withoutRanges(connection, WHOLE)).isEqualTo(Whole.FACTS);
    assertThat(on(new AccountEvent.ConnectionAnswered(connection, Duration.ofMillis(100))))
        .contains(
            new Effect.FailDemand(1, AccountEvent.OrderCame.ONLY_FROM_THE_START),
            new Effect.Close(connection));
  }

  /** The operator's link may lead to a private network, whoever else has asked for the title. */
  @Test
  void orderCame_mayReachPrivateNetworks() {
    assertThat(opens(ordered(first, 1, HEAD)).getFirst().terms().isTrusted()).isTrue();
  }
}
