package streamcache.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import streamcache.clip.Card;
import streamcache.link.LinkCodec;
import streamcache.link.TitleKey;
import streamcache.trouble.Showings.Showing;
import streamcache.trouble.Showings.Viewer;

final class ShowingsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Showings showings = new Showings(now::get);
  private final Viewer viewer = viewer("VLC/3", 1);

  @Test
  void resume_nobody_isNothing() {
    assertThat(showings.resume(viewer)).isEmpty();
    assertThat(showings.isEmpty()).isTrue();
  }

  @Test
  void resume_afterBegin_isTheSame() {
    Showing begun = showings.begin(viewer, showing("gone", "a"));
    assertThat(showings.resume(viewer)).contains(begun);
    assertThat(showings.resume(viewer("VLC/3", 2))).isEmpty();
    assertThat(showings.resume(viewer("libmpv", 1))).isEmpty();
  }

  @Test
  void resume_tenMinutesAfterTheLastRequest_isOver() {
    showings.begin(viewer, showing("gone", "a"));
    after(Showings.KEPT);
    assertThat(showings.resume(viewer)).isPresent();
    after(Showings.KEPT);
    assertThat(showings.resume(viewer)).isPresent();
    after(Showings.KEPT.plusMillis(1));
    assertThat(showings.resume(viewer)).isEmpty();
    assertThat(showings.isEmpty()).isTrue();
  }

  /** While a title is tried again, its bytes may come: those of the video must not. */
  @Test
  void setAside_untilItFailsAgain_resumesNothing() {
    Showing first = showings.begin(viewer, showing("gone", "a"));
    showings.setAside(viewer);
    assertThat(showings.resume(viewer)).isEmpty();
    assertThat(showings.begin(viewer, showing("gone", "b"))).isEqualTo(first);
    assertThat(showings.resume(viewer)).contains(first);
  }

  @Test
  void begin_otherCause_isShownAnew() {
    showings.begin(viewer, showing("gone", "a"));
    Showing other = showing("limit", "b");
    assertThat(showings.begin(viewer, other)).isEqualTo(other);
    assertThat(showings.resume(viewer)).contains(other);
  }

  @Test
  void begin_longAfter_isShownAnew() {
    showings.begin(viewer, showing("gone", "a"));
    after(Showings.KEPT.plusMillis(1));
    Showing later = showing("gone", "b");
    assertThat(showings.begin(viewer, later)).isEqualTo(later);
  }

  @Test
  void begin_veryMany_staysBounded() {
    for (int i = 0; i < 10_000; i++) {
      showings.begin(viewer("VLC/3", i), showing("gone", "a"));
    }
    assertThat(showings.size()).isLessThanOrEqualTo(4096);
    assertThat(showings.resume(viewer("VLC/3", 9_999))).isPresent();
  }

  private void after(Duration time) {
    now.set(now.get().plus(time));
  }

  private static Viewer viewer(String agent, int title) {
    return new Viewer(InetAddress.getLoopbackAddress(), agent, title(title));
  }

  private static TitleKey title(int number) {
    try {
      LinkCodec codec = new LinkCodec();
      return codec.decode(codec.encode("http://provider.example/" + number)).key();
    } catch (streamcache.link.BadLink e) {
      throw new AssertionError(e);
    }
  }

  private static Showing showing(String label, String requestId) {
    Card card = new Card("t", "p", "h", "m", List.of(), START, requestId, Card.STANDARD_LENGTH);
    return new Showing(label, card, OptionalInt.of(404));
  }
}
