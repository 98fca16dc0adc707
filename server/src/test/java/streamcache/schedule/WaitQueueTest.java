package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Found by the soak: with a full store, some players came again and again, and starved players
 * beside them got no slot. The player starved longest comes first, wherever its bytes come from.
 */
final class WaitQueueTest {

  /** Three seconds after the nanosecond counter wraps; some waits began before it did. */
  private static final long NOW = Long.MIN_VALUE + 3_000_000_000L;

  private final WaitQueue queue = new WaitQueue();
  private final Effects effects = new Effects();

  @Test
  void next_thoseWhoCameEarlier_comeFirst() {
    TrackedPass first = waits(1, 5);
    TrackedPass second = waits(2, 4);
    assertThat(queue.next(1, List.of(), NOW)).contains(first);
    queue.remove(first);
    assertThat(queue.next(1, List.of(), NOW)).contains(second);
    assertThat(queue.next(0, List.of(), NOW)).isEmpty();
  }

  @Test
  void title_whosePlayersStandLonger_comesFirst() {
    waits(1, 2);
    List<TrackedTitle> titles = List.of(standing(4));
    assertThat(queue.next(1, titles, NOW)).isEmpty();
    assertThat(queue.next(2, titles, NOW)).isPresent();
    assertThat(queue.beforeTitles(titles, NOW)).isZero();
  }

  @Test
  void title_whosePlayersCameLater_comesAfterwards() {
    TrackedPass pass = waits(1, 4);
    List<TrackedTitle> titles = List.of(standing(2));
    assertThat(queue.next(1, titles, NOW)).contains(pass);
    assertThat(queue.beforeTitles(titles, NOW)).isEqualTo(1);
  }

  /** A title that is only completed waits for all others. */
  @Test
  void title_thatNobodyWaitsFor_comesLast() {
    waits(1, 4);
    waits(2, 0);
    assertThat(queue.beforeTitles(List.of(), NOW)).isEqualTo(2);
    TrackedTitle passing = standing(9);
    passing.demands().getFirst().passStore();
    assertThat(queue.beforeTitles(List.of(passing), NOW)).isEqualTo(2);
  }

  private static long ago(long seconds) {
    return NOW - seconds * 1_000_000_000;
  }

  /** A pass that has waited for {@code seconds}. */
  private TrackedPass waits(long number, long seconds) {
    TrackedDemand demand = standing(seconds).demands().getFirst();
    TrackedPass pass = new TrackedPass(number, demand, _ -> false);
    queue.add(pass, ago(seconds));
    return pass;
  }

  /** A title with a player that has waited for {@code seconds}. */
  private TrackedTitle standing(long seconds) {
    long since = ago(seconds);
    AccountEvent.DemandCame came = new FakeTitle('a').came(/* demand= */ 1, new FakeReader());
    FakeAccount account = new FakeAccount();
    AccountLessons lessons =
        new AccountLessons(
            new AccountAgent(Optional.empty(), effects),
            new ValidatorTrust(Optional.empty(), account, effects),
            new RangeRefusals(/* hasRanges= */ true, account, effects));
    TrackedTitle title =
        new TrackedTitle(
            came,
            () -> FakeAccount.rules(1),
            lessons,
            new RetryState(new Retry(Duration.ofSeconds(12)), since),
            effects,
            since);
    title.add(new TrackedDemand(came, title, effects, since), since);
    return title;
  }
}
