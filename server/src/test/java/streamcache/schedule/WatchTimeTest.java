package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which title has been watched longest, with artificial times. */
final class WatchTimeTest {

  private static final long SECOND = 1_000_000_000L;

  private final WatchTime watch = new WatchTime(0);

  @Test
  void lasted_playerSeeks_goesOn() {
    watch.comes(0);
    watch.leaves(100 * SECOND);
    assertThat(watch.lasted(101 * SECOND)).isZero();
    watch.comes(102 * SECOND);
    assertThat(watch.lasted(110 * SECOND)).isEqualTo(110);
  }

  @Test
  void lasted_somebodyComesAfterABreak_beginsAnew() {
    watch.comes(0);
    watch.leaves(100 * SECOND);
    watch.comes(161 * SECOND);
    assertThat(watch.lasted(171 * SECOND)).isEqualTo(10);
  }

  @Test
  void lasted_oneOfTwoLeaves_goesOn() {
    watch.comes(0);
    watch.comes(10 * SECOND);
    watch.leaves(20 * SECOND);
    assertThat(watch.lasted(200 * SECOND)).isEqualTo(200);
  }

  @Test
  void isAdmitted_playerSeeks_stays_afterABreakNotAnyMore() {
    watch.comes(0);
    watch.admit();
    watch.leaves(100 * SECOND);
    watch.comes(160 * SECOND);
    assertThat(watch.isAdmitted()).isTrue();
    watch.leaves(200 * SECOND);
    watch.comes(261 * SECOND);
    assertThat(watch.isAdmitted()).isFalse();
  }

  /** Between two requests of a player, no other title may take its bandwidth. */
  @Test
  void claims_playerSeeks_goOnForAMoment() {
    assertThat(watch.claims(0, SECOND)).isZero();
    assertThat(watch.claims(5, 2 * SECOND)).isEqualTo(5);
    assertThat(watch.claims(0, 4 * SECOND)).isEqualTo(5);
    assertThat(watch.claims(0, 5 * SECOND)).isZero();
  }
}
