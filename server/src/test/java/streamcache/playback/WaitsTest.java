package streamcache.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.LinkCodec;
import streamcache.link.TitleKey;
import streamcache.testkit.FakeClock;

/** Since when a player has waited for a title, in virtual time. */
final class WaitsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private final Waits waits = new Waits(clock::nanoTime);
  private final Viewer kodi = viewer("Kodi/20", 1);

  @Test
  void begin_severalRequestsOfOnePlayer_waitSinceTheFirst() {
    long since = waits.begin(kodi);
    clock.advance(SECOND.multipliedBy(12));
    waits.over(kodi, since);
    clock.advance(SECOND);
    assertThat(waits.begin(kodi)).isEqualTo(since);
    clock.advance(SECOND.multipliedBy(30));
    assertThat(waits.begin(kodi)).as("while one still waits").isEqualTo(since);
  }

  @Test
  void begin_otherPlayerOrTitle_waitsForItself() {
    waits.begin(kodi);
    clock.advance(SECOND);
    long now = clock.nanoTime();
    assertThat(waits.begin(viewer("VLC/3", 1))).isEqualTo(now);
    assertThat(waits.begin(viewer("Kodi/20", 2))).isEqualTo(now);
  }

  @Test
  void begin_afterTheBurst_isANewAttempt() {
    long since = waits.begin(kodi);
    clock.advance(SECOND);
    waits.over(kodi, since);
    clock.advance(Waits.BURST.minusNanos(1));
    assertThat(waits.begin(kodi)).isEqualTo(since);
    waits.over(kodi, since);
    clock.advance(Waits.BURST);
    assertThat(waits.begin(kodi)).isEqualTo(clock.nanoTime());
  }

  /** Otherwise a player that reconnects every few seconds would be refused indefinitely. */
  @Test
  void begin_playerThatNeverPauses_isWaitedForAgainInTheEnd() {
    long since = waits.begin(kodi);
    waits.over(kodi, since);
    while (clock.nanoTime() - since < Waits.LONGEST.minus(SECOND).toNanos()) {
      clock.advance(SECOND);
      assertThat(waits.begin(kodi)).isEqualTo(since);
      waits.over(kodi, since);
    }
    clock.advance(SECOND);
    assertThat(waits.begin(kodi)).isEqualTo(clock.nanoTime());
  }

  @Test
  void begin_afterAnAnswer_countsFromThen() {
    long since = waits.begin(kodi);
    waits.begin(kodi);
    clock.advance(SECOND.multipliedBy(7));
    waits.answered(kodi);
    long again = waits.begin(kodi);
    assertThat(again).isEqualTo(clock.nanoTime());
    waits.over(kodi, since);
    clock.advance(SECOND.multipliedBy(7));
    assertThat(waits.begin(kodi)).as("the old request says nothing of it").isEqualTo(again);
  }

  @Test
  void begin_veryMany_staysBoundedAndCountsOn() {
    for (int i = 0; i < 3 * Waits.MOST; i++) {
      waits.begin(viewer("scan", i));
    }
    assertThat(waits.size()).isEqualTo(Waits.MOST);
    assertThat(waits.begin(kodi)).isEqualTo(clock.nanoTime());
  }

  @Test
  void begin_veryManyThatAreOver_areForgotten() {
    for (int i = 0; i < 3 * Waits.MOST; i++) {
      Viewer viewer = viewer("scan", i);
      waits.over(viewer, waits.begin(viewer));
      clock.advance(Duration.ofMillis(10));
    }
    long since = waits.begin(kodi);
    clock.advance(SECOND);
    assertThat(waits.begin(kodi)).isEqualTo(since);
    assertThat(waits.size()).isLessThanOrEqualTo(Waits.MOST);
  }

  private static Viewer viewer(String agent, int title) {
    return new Viewer(InetAddress.getLoopbackAddress(), agent, title(title));
  }

  private static TitleKey title(int number) {
    try {
      LinkCodec codec = new LinkCodec();
      return codec.decode(codec.encode("http://provider.example/" + number)).key();
    } catch (BadLink e) {
      throw new AssertionError(e);
    }
  }
}
