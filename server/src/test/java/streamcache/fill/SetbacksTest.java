package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import streamcache.origin.Failure;

/** How long a title is left alone whose bytes the store does not take. */
final class SetbacksTest {

  /** Before and after the count of nanoseconds turns over. */
  private long now = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();

  private final Setbacks setbacks = new Setbacks(now);

  /** Found by hand: each title was fetched every five seconds for as long as the disk was full. */
  @Test
  void storeRefused_againAndAgain_restsTwiceAsLongEachTime() {
    List<Long> rests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Duration rest = setbacks.storeRefused(/* atOnce= */ true, now);
      rests.add(rest.toSeconds());
      pass(rest.minusNanos(1));
      assertThat(setbacks.isStoreAtRest(now)).isTrue();
      pass(Duration.ofNanos(1));
      assertThat(setbacks.isStoreAtRest(now)).isFalse();
    }
    assertThat(rests).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 320L, 320L);
  }

  /** Whoever waits has it tried again. */
  @Test
  void storeRefused_againAndAgain_playersWaitNoLonger() {
    setbacks.storeRefused(/* atOnce= */ true, now);
    setbacks.storeRefused(/* atOnce= */ true, now);
    assertThat(setbacks.storeRefuses(now)).isTrue();
    pass(Setbacks.STORE_REST);
    assertThat(setbacks.storeRefuses(now)).isFalse();
    assertThat(setbacks.isStoreAtRest(now)).isTrue();
  }

  @Test
  void storeRefused_afterItTookBytes_restsShortly() {
    setbacks.storeRefused(/* atOnce= */ true, now);
    setbacks.storeRefused(/* atOnce= */ true, now);
    setbacks.storeTook();
    assertThat(setbacks.storeRefused(/* atOnce= */ false, now)).isEqualTo(Setbacks.STORE_REST);
    assertThat(setbacks.storeRefused(/* atOnce= */ true, now)).isEqualTo(Setbacks.STORE_REST);
  }

  @Test
  void failed_whileAPlayerWaits_isTriedAgainEveryFewSeconds() {
    assertThat(pauses(/* isRidden= */ true, 9))
        .containsExactly(200L, 400L, 800L, 1600L, -1500L, -3000L, -4000L, -4000L, -4000L);
  }

  @Test
  void failed_nobodyInMidFilm_eachBurstOfTriesIsFollowedByALongerRest() {
    assertThat(pauses(/* isRidden= */ false, 10))
        .containsExactly(200L, 400L, 800L, 1600L, -1500L, 200L, 400L, 800L, 1600L, -3000L);
  }

  /** Milliseconds; negative when whoever may not wait is told. */
  private List<Long> pauses(boolean isRidden, int times) {
    Failure failure = new Failure.Unreachable(OptionalInt.empty(), "no connection");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      pauses.add(
          switch (setbacks.failed(failure, false, /* isKnown= */ true, isRidden, now)) {
            case Verdict.Pause(Duration pause) -> pause.toMillis();
            case Verdict.GiveUp(Duration rest) -> -rest.toMillis();
            case Verdict.GoOn _ -> throw new AssertionError("nothing else is there to go on");
          });
    }
    return pauses;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
