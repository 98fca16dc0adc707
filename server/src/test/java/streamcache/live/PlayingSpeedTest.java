package streamcache.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.testkit.live.ChannelPacket;

final class PlayingSpeedTest {

  private final PlayingSpeed speed = new PlayingSpeed(0);

  /** The number of the next packet; only those with a clock are sent. */
  private long next = 5;

  /** Lets what plays for that long arrive; returns whether it shows a broadcast. */
  private boolean arrives(double seconds, long at) {
    long until = next + (long) (seconds * ChannelPacket.A_SECOND);
    boolean isShown = false;
    for (; next < until; next += 50) {
      isShown |= speed.shows(ByteBuffer.wrap(ChannelPacket.of(next)), TimeUnit.SECONDS.toNanos(at));
    }
    return isShown;
  }

  private int shownAfter(double factor, int most) {
    for (int second = 1; second <= most; second++) {
      if (arrives(factor, second)) {
        return second;
      }
    }
    return -1;
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, -1",
    "0.7, -1",
    "0.9, 60",
    "1.0, 60",
    "1.1, 60",
    "1.4, -1",
    "2.0, -1",
    "20.0, -1"
  })
  void shows_constantSpeed_onlyThatOfPlaying(double factor, int after) {
    assertThat(shownAfter(factor, 200)).isEqualTo(after);
  }

  /** Panels send what they have buffered at once. */
  @Test
  void shows_burstFirst_aMinuteLater() {
    assertThat(arrives(30, 0)).isFalse();
    assertThat(shownAfter(1, 200)).isEqualTo(120);
  }

  /** The clock starts anew after 26.5 hours, and with each program. */
  @Test
  void shows_clockWraps_isStillRecognized() {
    next = (26 * 3600 + 30 * 60) * (long) ChannelPacket.A_SECOND + 5;
    assertThat(shownAfter(1, 200)).isEqualTo(60);
  }

  @Test
  void shows_noClock_never() {
    ByteBuffer silence = ByteBuffer.wrap(ChannelPacket.of(7));
    for (int second = 1; second < 200; second++) {
      assertThat(speed.shows(silence.rewind(), TimeUnit.SECONDS.toNanos(second))).isFalse();
    }
  }
}
