package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class TickTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @AutoClose private final FakeTimer timer = new FakeTimer();
  private final AtomicInteger checks = new AtomicInteger();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Tick tick = new Tick(timer, checks::incrementAndGet, busy::get);

  @Test
  void tick_nobodyCame_neverChecks() {
    busy.set(true);

    timer.advance(SECOND);

    assertThat(checks).hasValue(0);
  }

  @Test
  void wake_whileBusy_checksFourTimesASecond() {
    busy.set(true);
    tick.wake();
    tick.wake();

    timer.advance(SECOND);

    assertThat(checks).hasValue(4);
  }

  @Test
  void wake_nothingLeftToDo_checksOnceAndRests() {
    tick.wake();

    timer.advance(SECOND);

    assertThat(checks).hasValue(1);
  }

  @Test
  void wake_afterARest_checksAgain() {
    tick.wake();
    timer.advance(SECOND);
    tick.wake();

    timer.advance(SECOND);

    assertThat(checks).hasValue(2);
  }

  @Test
  void wake_duringTheLastCheck_isNotLost() {
    AtomicBoolean first = new AtomicBoolean(true);
    AtomicInteger seen = new AtomicInteger();
    Tick[] own = new Tick[1];
    own[0] =
        new Tick(
            timer,
            () -> {
              seen.incrementAndGet();
              if (first.getAndSet(false)) {
                busy.set(true);
                own[0].wake();
              } else {
                busy.set(false);
              }
            },
            busy::get);
    own[0].wake();

    timer.advance(SECOND);

    assertThat(seen).hasValue(2);
  }

  @Test
  void wake_theCheckFails_checksAgain() {
    busy.set(true);
    AtomicInteger seen = new AtomicInteger();
    Tick failing =
        new Tick(
            timer,
            () -> {
              seen.incrementAndGet();
              throw new IllegalStateException("a fault");
            },
            busy::get);
    failing.wake();

    assertThatIllegalStateException().isThrownBy(() -> timer.advance(Tick.PERIOD));
    assertThatIllegalStateException().isThrownBy(() -> timer.advance(Tick.PERIOD));

    assertThat(seen).hasValue(2);
  }
}
