package streamcache.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import streamcache.clip.Card;
import streamcache.link.LinkCodec;
import streamcache.link.TitleKey;
import streamcache.playback.Viewer;
import streamcache.trouble.Showings.Reading;
import streamcache.trouble.Showings.Showing;

final class ShowingsTest {

  /** Just after the end of a burst of requests. */
  private static final Duration LATER = Showings.BURST.plusMillis(1);

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
    Showing begun = shown(showing("gone", "a"));
    assertThat(resumed(viewer)).contains(begun);
    assertThat(resumed(viewer("VLC/3", 2))).isEmpty();
    assertThat(resumed(viewer("libmpv", 1))).isEmpty();
  }

  @Test
  void resume_tenMinutesAfterTheLastRequest_isOver() {
    shown(showing("gone", "a"));
    after(Showings.KEPT);
    assertThat(resumed(viewer)).isPresent();
    after(Showings.KEPT);
    assertThat(resumed(viewer)).isPresent();
    after(Showings.KEPT.plusMillis(1));
    assertThat(resumed(viewer)).isEmpty();
    assertThat(showings.isEmpty()).isTrue();
  }

  /** A paused player reads nothing and resumes where it was. */
  @Test
  void resume_anotherRequestIsStillOpen_isNeverOver() {
    try (Reading open = begin(showing("gone", "a"))) {
      after(Showings.KEPT.multipliedBy(3));
      assertThat(resumed(viewer)).contains(open.showing());
    }
  }

  /** While a title is retried, its own bytes may arrive; those of the video must not. */
  @Test
  void setAside_untilItFailsAgain_resumesNothing() {
    Showing first = shown(showing("gone", "a"));
    showings.setAside(viewer);
    assertThat(resumed(viewer)).isEmpty();
    after(LATER);
    assertThat(shown(showing("gone", "b"))).isEqualTo(first);
    assertThat(resumed(viewer)).contains(first);
  }

  /** Kodi opened the title on one connection and sought in the clip on another. */
  @Test
  void fallBack_titleIsTriedByAnotherRequestAndFails_isTheSame() {
    Showing first = shown(showing("gone", "a"));
    showings.setAside(viewer);
    try (Reading again = showings.fallBack(viewer).orElseThrow()) {
      assertThat(again.showing()).isEqualTo(first);
    }
    assertThat(shown(showing("slow", "b"))).isEqualTo(first);
  }

  @Test
  void begin_otherCauseAfterAWhile_isShownAnew() {
    shown(showing("gone", "a"));
    after(LATER);
    Showing other = showing("limit", "b");
    assertThat(shown(other)).isEqualTo(other);
    assertThat(resumed(viewer)).contains(other);
  }

  /** Causes within one burst may differ: the first request times out, the next is refused. */
  @Test
  void begin_otherCauseInTheSameBurst_isTheSame() {
    Showing first = shown(showing("slow", "a"));
    after(Showings.BURST);
    assertThat(shown(showing("limit", "b"))).isEqualTo(first);
  }

  /** Holds whichever request ends first. */
  @Test
  void begin_otherCauseOfARequestFromBefore_isTheSame() {
    Instant opened = now.get();
    after(LATER);
    Showing first = shown(showing("slow", "a"));
    after(LATER);
    try (Reading late = showings.begin(viewer, showing("limit", "b"), opened)) {
      assertThat(late.showing()).isEqualTo(first);
    }
  }

  @Test
  void begin_otherCauseWhileTheOldIsRead_isTheOld() {
    try (Reading old = begin(showing("gone", "a"))) {
      after(LATER);
      assertThat(shown(showing("limit", "b"))).isEqualTo(old.showing());
      after(Showings.KEPT.multipliedBy(2));
      assertThat(shown(showing("busy", "c"))).isEqualTo(old.showing());
    }
    after(LATER);
    assertThat(shown(showing("limit", "d")).label()).isEqualTo("limit");
  }

  /** A seek to the beginning looks like an opening request. */
  @Test
  void join_whileAnotherRequestReads_isTheSame() {
    try (Reading old = begin(showing("gone", "a"))) {
      showings.setAside(viewer);
      try (Reading joined = showings.join(viewer).orElseThrow()) {
        assertThat(joined.showing()).isEqualTo(old.showing());
      }
    }
    assertThat(showings.join(viewer)).isEmpty();
  }

  /** A player that vanished silently must not be kept from the title permanently. */
  @Test
  void join_theOldIsOpenButQuietForLong_isNothing() {
    try (Reading _ = begin(showing("gone", "a"))) {
      after(Showings.KEPT.plusMillis(1));
      assertThat(showings.join(viewer)).isEmpty();
    }
  }

  @Test
  void close_twice_countsOnce() {
    Reading one = begin(showing("gone", "a"));
    try (Reading other = begin(showing("gone", "b"))) {
      one.close();
      one.close();
      assertThat(other.showing()).isEqualTo(one.showing());
      assertThat(showings.join(viewer)).isPresent();
    }
  }

  @Test
  void forget_titlePlays_nothingIsResumed() {
    try (Reading _ = begin(showing("gone", "a"))) {
      showings.forget(viewer);
      assertThat(resumed(viewer)).isEmpty();
      assertThat(showings.fallBack(viewer)).isEmpty();
    }
    assertThat(showings.isEmpty()).isTrue();
  }

  @Test
  void begin_longAfter_isShownAnew() {
    shown(showing("gone", "a"));
    after(Showings.KEPT.plusMillis(1));
    Showing later = showing("gone", "b");
    assertThat(shown(later)).isEqualTo(later);
  }

  @Test
  void begin_veryMany_staysBounded() {
    for (int i = 0; i < 10_000; i++) {
      showings.begin(viewer("VLC/3", i), showing("gone", "a"), now.get()).close();
    }
    assertThat(showings.size()).isLessThanOrEqualTo(4096);
    assertThat(resumed(viewer("VLC/3", 9_999))).isPresent();
  }

  private Reading begin(Showing showing) {
    return showings.begin(viewer, showing, now.get());
  }

  /** Returns what a request that opens the title now is shown; the request ends at once. */
  private Showing shown(Showing showing) {
    try (Reading reading = begin(showing)) {
      return reading.showing();
    }
  }

  private Optional<Showing> resumed(Viewer whose) {
    Optional<Reading> reading = showings.resume(whose);
    reading.ifPresent(Reading::close);
    return reading.map(Reading::showing);
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
    Card card =
        new Card(
            "t",
            "p",
            "h",
            "m",
            List.of(),
            START.atZone(ZoneOffset.UTC),
            requestId,
            Card.STANDARD_LENGTH);
    return new Showing(label, card, OptionalInt.of(404));
  }
}
