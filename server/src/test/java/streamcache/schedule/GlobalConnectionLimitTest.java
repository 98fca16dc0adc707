package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GlobalConnectionLimitTest {

  private final GlobalConnectionLimit limit = new GlobalConnectionLimit();

  @Test
  void take_whatNobodyWaitsFor_leavesSomeForPlayers() {
    long taken = take(1000, /* isAwaited= */ false);

    assertThat(taken).isEqualTo(192);
    assertThat(limit.isShort()).isFalse();
    assertThat(take(1000, /* isAwaited= */ true)).isEqualTo(64);
    assertThat(limit.isShort()).isTrue();
    assertThat(limit.taken()).isEqualTo(256);
  }

  @Test
  void give_makesRoomForOneAgain() {
    take(1000, /* isAwaited= */ true);

    limit.give();

    assertThat(limit.take(/* isAwaited= */ false)).isFalse();
    assertThat(limit.take(/* isAwaited= */ true)).isTrue();
    assertThat(limit.take(/* isAwaited= */ true)).isFalse();
  }

  private long take(int times, boolean isAwaited) {
    return IntStream.range(0, times).filter(_ -> limit.take(isAwaited)).count();
  }
}
