package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.origin.Failure;

/** Providers that refuse a request because it carries a Range, event by event. */
final class RangeRefusalsTest {

  private static final long LENGTH = 1L << 30;

  private final FakeAccount account = new FakeAccount();
  private long now = 1;
  private AccountMachine machine;
  private final List<Effect> seen = new ArrayList<>();
  private final FakeTitle first = new FakeTitle('a');
  private final FakeTitle second = new FakeTitle('b');

  RangeRefusalsTest() {
    account.givesRanges = false;
    machine = account.machine(/* connections= */ 2, now);
  }

  private List<Effect.Open> on(AccountEvent event) {
    List<Effect> effects = machine.on(event, now);
    seen.addAll(effects);
    assertThat(new Invariants().hold(machine, now)).isTrue();
    return effects.stream()
        .filter(Effect.Open.class::isInstance)
        .map(Effect.Open.class::cast)
        .toList();
  }

  private Effect.Open comes(FakeTitle title, long demand) {
    on(title.came(demand, new FakeReader()));
    return on(new AccountEvent.TimePassed()).getFirst();
  }

  private List<Effect.Open> refused(Effect.Open open, int status) {
    return refused(open, failure(status, Optional.empty()));
  }

  private List<Effect.Open> refused(Effect.Open open, Failure failure) {
    return on(
        new AccountEvent.ConnectionEnded(
            open.connection(),
            /* hasStarted= */ true,
            new ConnectionEnd.Failed(failure),
            Brought.NOTHING));
  }

  private List<Effect.Open> later(Duration time) {
    now += time.toNanos();
    return on(new AccountEvent.TimePassed());
  }

  private void answered(FakeTitle title, Effect.Open open) {
    title.isKnown = true;
    title.total = OptionalLong.of(LENGTH);
    on(new AccountEvent.ConnectionAnswered(open.connection(), Duration.ofMillis(100)));
  }

  private static Failure failure(int status, Optional<Duration> retryAfter) {
    OptionalInt said = OptionalInt.of(status);
    return switch (status) {
      case 401, 403 -> new Failure.Denied(said, "refused");
      case 404, 410 -> new Failure.Gone(said, "no such file");
      case 202, 425, 503 -> new Failure.Busy(said, "busy", retryAfter);
      case 429, 458, 509 -> new Failure.Limit(said, "too many", retryAfter);
      default -> new Failure.Broken(said, "status " + status);
    };
  }

  private long learned() {
    return seen.stream().filter(new Effect.LearnRangesRefused(true)::equals).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 406, 412, 416, 417, 501, 505})
  void rangeRefused_isAskedOnceWithoutIt_andNoneIsSentOnceThatWorked(int status) {
    Effect.Open open = comes(first, 1);
    assertThat(open.terms().sendsRange()).isTrue();
    Effect.Open plain = refused(open, status).getFirst();
    assertThat(plain.terms().sendsRange()).isFalse();
    assertThat(plain.terms().sendsIfRange()).isFalse();
    assertThat(plain.support().hasRanges()).isFalse();
    answered(first, plain);
    assertThat(learned()).isEqualTo(1);
    assertThat(comes(second, 2).terms().sendsRange()).isFalse();
    assertThat(machine.questions().sendsRange()).isFalse();
  }

  /** As servers report what the next request no longer meets: the Range is suspected second. */
  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void mayBePassing_isAskedWithoutRangeAfterTheSecondRefusal(int status) {
    Effect.Open open = comes(first, 1);
    assertThat(refused(open, status)).isEmpty();
    Effect.Open again = later(Duration.ofMillis(500)).getFirst();
    assertThat(again.terms().sendsRange()).isTrue();
    assertThat(refused(again, status).getFirst().terms().sendsRange()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 401, 404, 410, 425, 429, 458, 504, 509, 520, 530})
  void otherStatuses_areNoRefusalOfTheRange(int status) {
    List<Effect.Open> opened = new ArrayList<>(List.of(comes(first, 1)));
    for (int request = 0; request < opened.size(); request++) {
      opened.addAll(refused(opened.get(request), status));
      opened.addAll(later(Duration.ofSeconds(5)));
    }
    assertThat(opened).allMatch(each -> each.terms().sendsRange());
  }

  @Test
  void providerSaysWhenToComeBack_isNotAskedSooner() {
    Failure busy = failure(503, Optional.of(Duration.ofSeconds(1)));
    assertThat(refused(comes(first, 1), busy)).isEmpty();
    Effect.Open again = later(Duration.ofSeconds(1)).getFirst();
    assertThat(refused(again, busy)).isEmpty();
    assertThat(later(Duration.ofSeconds(2))).allMatch(each -> each.terms().sendsRange());
  }

  /** A 416 that means what it says, at or behind the end, against one inside the file. */
  @ParameterizedTest
  @CsvSource({
    "1000, 2000, -1, true",
    "2000, 2000, -1, false",
    "3000, 2000, -1, false",
    "3000, 2000, 2000, false",
    "1000, -1, -1, false",
    "1000, 2000, 1000, false",
  })
  void outOfRange_isSuspectedOnlyInsideTheFile(
      long start, long total, long told, boolean isSuspected) {
    Failure none = new Failure.OutOfRange(OptionalInt.of(416), "no byte", known(told));
    RangeRefusals ranges = new RangeRefusals(/* hasRanges= */ true, account, new Effects());
    first.total = known(total);
    assertThat(ranges.mayBeMeant(none, start, first, 0)).isEqualTo(isSuspected);
  }

  /** A cut film of which ranges were given: one refusal is most often over a moment later. */
  @ParameterizedTest
  @ValueSource(ints = {206, 400, 412, 416, 501})
  void rangesOfTheTitleWereGiven_isSuspectedAtTheSecondRefusal(int status) {
    RangeRefusals ranges = new RangeRefusals(/* hasRanges= */ true, account, new Effects());
    Failure refusal = failure(status, Optional.empty());
    account.givesRanges = true;
    first.isKnown = true;
    assertThat(ranges.mayBeMeant(refusal, 1000, first, 0)).isFalse();
    assertThat(ranges.mayBeMeant(refusal, 1000, first, 1)).isTrue();
  }

  /** A film that is resumed without a Range starts over, although its provider was only busy. */
  @ParameterizedTest
  @ValueSource(ints = {403, 500, 502, 503, 505})
  void rangesWereGiven_statusOfTroubleOrLimit_isMeantAsSuch(int status) {
    RangeRefusals ranges = new RangeRefusals(/* hasRanges= */ true, account, new Effects());
    Failure refusal = failure(status, Optional.empty());
    account.givesRanges = true;
    for (int attempts = 0; attempts < 5; attempts++) {
      assertThat(ranges.mayBeMeant(refusal, 1000, first, attempts)).isFalse();
      assertThat(ranges.mayBeMeant(refusal, 0, second, attempts)).isFalse();
    }
  }

  private static OptionalLong known(long length) {
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /** The honest failure of before, and one request more. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 416, 501})
  void refusedAnyway_failsAsBefore_andIsNotAskedTwiceEachTime(int status) {
    Effect.Open plain = refused(comes(first, 1), status).getFirst();
    assertThat(refused(plain, status)).isEmpty();
    assertThat(seen).contains(new Effect.FailDemand(1, failure(status, Optional.empty())));
    assertThat(learned()).isZero();
    on(new AccountEvent.DemandLeft(1));
    later(Duration.ofSeconds(2));
    Effect.Open again = comes(first, 2);
    assertThat(again.terms().sendsRange()).isTrue();
    assertThat(refused(again, status)).as("no second request").isEmpty();
    on(new AccountEvent.DemandLeft(2));
    later(RangeRefusals.PAUSE);
    Effect.Open muchLater = comes(first, 3);
    assertThat(refused(muchLater, status)).hasSize(1);
  }

  /** A library of dead links costs one request for each. */
  @Test
  void manyTitlesRefusedAnyway_othersAreAskedOnce() {
    for (char name = 'c'; name < 'f'; name++) {
      Effect.Open plain = refused(comes(new FakeTitle(name), name), 403).getFirst();
      assertThat(refused(plain, 403)).isEmpty();
    }
    assertThat(refused(comes(second, 2), 403)).isEmpty();
    now += RangeRefusals.PAUSE.toNanos();
    assertThat(refused(comes(new FakeTitle('z'), 3), 403)).hasSize(1);
  }

  /** One connection: the second request takes the slot of the first, and not before its end. */
  @Test
  void oneConnection_secondRequestTakesTheSameSlot() {
    machine = account.machine(/* connections= */ 1, now);
    Effect.Open open = comes(first, 1);
    on(second.came(2, new FakeReader()));
    assertThat(on(new AccountEvent.TimePassed())).isEmpty();
    assertThat(refused(open, 403)).singleElement().matches(each -> !each.terms().sendsRange());
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 503})
  void anotherFilmPlays_refusalIsAboutTheLimit(int status) {
    answered(first, comes(first, 1));
    List<Effect.Open> opened = new ArrayList<>(List.of(comes(second, 2)));
    for (int request = 0; request < opened.size(); request++) {
      opened.addAll(refused(opened.get(request), status));
      opened.addAll(later(Duration.ofSeconds(10)));
      assertThat(opened).hasSizeLessThan(20);
    }
    assertThat(opened).allMatch(each -> each.terms().sendsRange());
    assertThat(learned()).isZero();
  }

  /** Where a status cannot be about the limit, the film beside it does not matter. */
  @Test
  void anotherFilmPlays_badRequestIsAboutTheRange() {
    answered(first, comes(first, 1));
    assertThat(refused(comes(second, 2), 400)).hasSize(1);
  }

  @Test
  void providerGaveRanges_oneTitleIsNoProof_twoAre() {
    account.givesRanges = true;
    Effect.Open plain = refused(comes(first, 1), 400).getFirst();
    answered(first, plain);
    assertThat(learned()).isZero();
    assertThat(plain.support().hasRanges()).as("of this title").isFalse();
    Effect.Open other = comes(second, 2);
    assertThat(other.terms().sendsRange()).isTrue();
    answered(second, refused(other, 400).getFirst());
    assertThat(learned()).isEqualTo(1);
  }

  @Test
  void learnedInAnEarlierRun_noneIsSent() {
    account.refusesRanges = true;
    machine = account.machine(/* connections= */ 1, now);
    Effect.Open open = comes(first, 1);
    assertThat(open.terms().sendsRange()).isFalse();
    assertThat(refused(open, 403)).as("there is nothing else to try").isEmpty();
  }

  /** Two faults in a row made a provider one that was read from the beginning for ever. */
  @Test
  void learned_aTitleChecksItLater_andRangesAreSentAgainIfOneIsGiven() {
    machine = account.machine(/* connections= */ 6, now);
    answered(first, refused(comes(first, 1), 400).getFirst());
    assertThat(comes(second, 2).terms().sendsRange()).isFalse();
    now += RangeRefusals.FIRST_RECHECK.toNanos();
    FakeTitle third = new FakeTitle('c');
    Effect.Open check = comes(third, 3);
    assertThat(check.terms().sendsRange()).isTrue();
    assertThat(machine.questions().sendsRange()).as("before it is answered").isFalse();
    answered(third, check);
    assertThat(seen).contains(new Effect.LearnRangesRefused(false));
    assertThat(machine.questions().sendsRange()).isTrue();
    assertThat(comes(new FakeTitle('d'), 4).terms().sendsRange()).isTrue();
  }

  @Test
  void check_refusedAgain_isDoneOnceAndHalfAsOftenFromThenOn() {
    account.refusesRanges = true;
    machine = account.machine(/* connections= */ 6, now);
    assertThat(comes(first, 1).terms().sendsRange()).isFalse();
    now += RangeRefusals.FIRST_RECHECK.toNanos();
    Effect.Open plain = refused(comes(second, 2), 400).getFirst();
    assertThat(plain.terms().sendsRange()).isFalse();
    answered(second, plain);
    now += RangeRefusals.FIRST_RECHECK.multipliedBy(2).toNanos() - 1;
    assertThat(comes(new FakeTitle('c'), 3).terms().sendsRange()).isFalse();
    now += 1;
    assertThat(comes(new FakeTitle('d'), 4).terms().sendsRange()).isTrue();
  }
}
