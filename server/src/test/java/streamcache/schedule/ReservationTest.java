package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * One connection at a provider that counts a closed one for longer than players wait: the player
 * for whom the connection was closed gets an error, and finds its slot when it tries again.
 */
final class ReservationTest {

  private static final Duration COOL_DOWN = Duration.ofSeconds(15);
  private static final long MIB = 1 << 20;

  /** Time for the provider to notice a close. */
  private static final Duration SETTLED = Duration.ofMillis(100);

  private long now = 1_000_000_000L;
  private final AccountMachine machine =
      new AccountMachine(
          new AccountRules(
              /* connections= */ 1,
              Optional.of(COOL_DOWN),
              /* hasRanges= */ true,
              /* trustsValidators= */ Optional.empty(),
              /* namesAgent= */ false,
              /* completeAfter= */ 0,
              /* sharesBandwidth= */ false,
              /* rangeTeeThreshold= */ 20 << 20,
              /* placeWaitMax= */ Duration.ofSeconds(12),
              /* seed= */ 1),
          new FakeAccount(),
          Learned.NONE,
          Optional.empty(),
          now);
  private final FakeTitle first = new FakeTitle('a');
  private final FakeTitle second = new FakeTitle('b');
  private final FakeReader player = new FakeReader();

  /** The first film plays with 50 s ahead; the second player gave up while the slot cooled down. */
  @BeforeEach
  void secondPlayerGaveUp() {
    player.claims = MIB;
    comes(first, 1, player);
    first.isKnown = true;
    first.total = OptionalLong.of(1 << 30);
    first.present = RangeSet.of(new ByteRange(0, 50 * MIB));
    machine.on(new AccountEvent.ConnectionAnswered(0, Duration.ofMillis(100)), now);
    machine.on(new AccountEvent.DemandUnblocked(1), now);
    machine.on(
        new AccountEvent.ConnectionEnded(
            0, /* hasStarted= */ true, new ConnectionEnd.Closed(), Brought.NOTHING),
        now);
    assertThat(comes(second, 2, new FakeReader())).isEmpty();
    now += Duration.ofSeconds(8).toNanos();
    machine.on(new AccountEvent.DemandLeft(2), now);
    now += COOL_DOWN.plus(SETTLED).minusSeconds(8).toNanos();
  }

  private List<TitleKey> comes(FakeTitle title, long demand, FakeReader reader) {
    machine.on(title.came(demand, reader), now);
    return opened(new AccountEvent.TimePassed());
  }

  private List<TitleKey> opened(AccountEvent event) {
    Stream<Effect> effects = machine.on(event, now).stream();
    assertThat(new Invariants().hold(machine, now)).isTrue();
    return effects
        .filter(Effect.Open.class::isInstance)
        .map(effect -> ((Effect.Open) effect).title())
        .toList();
  }

  @Test
  void slotComesFree_playerReturns_getsItAtOnce() {
    assertThat(opened(new AccountEvent.Ticked())).as("kept").isEmpty();
    now += Duration.ofSeconds(5).toNanos();
    assertThat(comes(second, 3, new FakeReader())).containsExactly(second.link.key());
  }

  @Test
  void slotComesFree_playerStaysAway_goesBackToTheOther() {
    now += COOL_DOWN.minusMillis(1).toNanos();
    assertThat(opened(new AccountEvent.Ticked())).isEmpty();
    now += Duration.ofMillis(1).toNanos();
    assertThat(opened(new AccountEvent.Ticked())).containsExactly(first.link.key());
  }

  @Test
  void slotComesFree_otherRunsLow_getsItAtOnce() {
    player.position = 40 * MIB;
    assertThat(opened(new AccountEvent.Ticked())).containsExactly(first.link.key());
  }

  /** A player that waits does not wait for one that left. */
  @Test
  void slotComesFree_thirdPlayerWaits_getsItAtOnce() {
    FakeTitle third = new FakeTitle('c');
    assertThat(comes(third, 3, new FakeReader())).containsExactly(third.link.key());
  }
}
