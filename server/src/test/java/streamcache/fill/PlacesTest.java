package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlacesTest {

  private final Places places = new Places();

  @Test
  void take_whatNobodyWaitsFor_leavesSomeForPlayers() {
    long taken = take(1000, /* isAwaited= */ false);

    assertThat(taken).isEqualTo(192);
    assertThat(places.areShort()).isFalse();
    assertThat(take(1000, /* isAwaited= */ true)).isEqualTo(64);
    assertThat(places.areShort()).isTrue();
    assertThat(places.taken()).isEqualTo(Places.MOST);
  }

  @Test
  void give_makesRoomForOneAgain() {
    take(1000, /* isAwaited= */ true);

    places.give();

    assertThat(places.take(/* isAwaited= */ false)).isFalse();
    assertThat(places.take(/* isAwaited= */ true)).isTrue();
    assertThat(places.take(/* isAwaited= */ true)).isFalse();
  }

  private long take(int times, boolean isAwaited) {
    return IntStream.range(0, times).filter(_ -> places.take(isAwaited)).count();
  }
}
