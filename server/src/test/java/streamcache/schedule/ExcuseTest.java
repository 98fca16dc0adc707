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

/** Why a player gets no connection: because of other viewers here, or of somebody else. */
final class ExcuseTest {

  private static final Failure TOO_MANY =
      new Failure.Limit(OptionalInt.of(429), "too many", Optional.empty());

  private final long now = 7;
  private final FakeTitle first = new FakeTitle('a');
  private final FakeTitle second = new FakeTitle('b');

  private static List<Long> opened(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Open.class::isInstance)
        .map(effect -> ((Effect.Open) effect).connection())
        .toList();
  }

  private List<Long> comes(AccountMachine machine, FakeTitle title, long demand) {
    List<Effect> effects = new ArrayList<>(machine.on(title.came(demand, new FakeReader()), now));
    effects.addAll(machine.on(new AccountEvent.TimePassed(), now));
    return opened(effects);
  }

  private void answered(AccountMachine machine, FakeTitle title, long connection) {
    title.isKnown = true;
    title.total = OptionalLong.of(1L << 30);
    machine.on(new AccountEvent.ConnectionAnswered(connection, Duration.ofMillis(100)), now);
  }

  private void refused(AccountMachine machine, long connection) {
    machine.on(
        new AccountEvent.ConnectionEnded(
            connection,
            /* hasStarted= */ true,
            new ConnectionEnd.Failed(TOO_MANY),
            Brought.NOTHING),
        now);
  }

  @Test
  void excuse_anotherTitleHasTheOnlyConnection_namesViewersOfThisServer() {
    AccountMachine machine = new FakeAccount().machine(/* connections= */ 1, now);
    assertThat(comes(machine, first, 1)).hasSize(1);
    assertThat(comes(machine, second, 2)).isEmpty();
    assertThat(machine.questions().excuse(2, now)).isInstanceOf(Failure.Occupied.class);
  }

  /** Where films share the line, none is held for its bandwidth. */
  @Test
  void excuse_bandwidthIsShared_andAnotherTitleHasTheOnlyConnection_isTheSame() {
    AccountRules rules =
        new AccountRules(
            /* connections= */ 1,
            Optional.empty(),
            /* hasRanges= */ true,
            /* trustsValidators= */ Optional.empty(),
            /* namesAgent= */ false,
            /* completeAfter= */ 0,
            /* sharesBandwidth= */ true,
            /* rangeTeeThreshold= */ 20 << 20,
            /* placeWaitMax= */ Duration.ofSeconds(12),
            /* seed= */ 1);
    AccountMachine machine =
        new AccountMachine(rules, new FakeAccount(), Learned.NONE, Optional.empty(), now);
    assertThat(comes(machine, first, 1)).hasSize(1);
    assertThat(comes(machine, second, 2)).isEmpty();
    assertThat(machine.questions().excuse(2, now))
        .isEqualTo(
            new Failure.Occupied(OptionalInt.empty(), "all connections of the account are in use"));
  }

  /** A limit that nobody has told: the provider refuses the second film beside the first. */
  @Test
  void excuse_providerRefusesOneMoreBesideOurs_namesViewersOfThisServer() {
    AccountMachine machine = new FakeAccount().machine(/* connections= */ 2, now);
    answered(machine, first, comes(machine, first, 1).getFirst());
    refused(machine, comes(machine, second, 2).getFirst());
    assertThat(machine.questions().excuse(2, now))
        .isEqualTo(new Failure.Occupied(OptionalInt.of(429), "too many"));
  }

  /** Two viewers, and the provider accepts neither. */
  @Test
  void excuse_providerRefusesThoughNoneOfOursIsAccepted_isItsOwnLimit() {
    AccountMachine machine = new FakeAccount().machine(/* connections= */ 2, now);
    long one = comes(machine, first, 1).getFirst();
    long two = comes(machine, second, 2).getFirst();
    refused(machine, two);
    assertThat(machine.questions().excuse(2, now)).isEqualTo(TOO_MANY);
    refused(machine, one);
    assertThat(machine.questions().excuse(2, now)).isEqualTo(TOO_MANY);
  }
}
