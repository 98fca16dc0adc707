package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.link.LinkCodec;
import streamcache.link.TitleKey;
import streamcache.testkit.FakeClock;

/** Which clients scan and which watch, in virtual time. */
final class ScanDetectorTest {

  private static final ClientId SCANNER = client("192.168.1.5", "Lavf/59.27.100");
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private final ScanDetector detector = new ScanDetector(false, clock::nanoTime);

  private static ClientId client(String address, String agent) {
    return ClientId.of(InetAddress.ofLiteral(address), Optional.of(agent));
  }

  private static TitleKey title(int number) {
    LinkCodec codec = new LinkCodec();
    try {
      return codec.decode(codec.encode("http://host.example/" + number + ".mkv")).key();
    } catch (BadLink e) {
      throw new AssertionError(e);
    }
  }

  private Visit visit(ClientId client, int title, Duration lasts) {
    Visit visit = detector.comes(client, title(title));
    clock.advance(lasts);
    visit.leave();
    return visit;
  }

  private List<Visit> visits(ClientId client, int from, int count, Duration lasts) {
    List<Visit> visits = new ArrayList<>();
    for (int title = from; title < from + count; title++) {
      visits.add(visit(client, title, lasts));
    }
    return visits;
  }

  @Test
  void threeTitles_leftSoon_areViewed() {
    assertThat(visits(SCANNER, 0, 3, GLANCE)).allMatch(Visit::isViewing);
  }

  @Test
  void fourTitles_leftSoon_areAScan_theFirstThreeToo() {
    assertThat(visits(SCANNER, 0, 4, GLANCE)).noneMatch(Visit::isViewing);
  }

  @Test
  void scan_goesOn_eachTitleIsALookFromItsBeginning() {
    visits(SCANNER, 0, 4, GLANCE);
    for (int title = 4; title < 5000; title++) {
      Visit visit = detector.comes(SCANNER, title(title));
      assertThat(visit.isViewing()).isFalse();
      clock.advance(GLANCE);
      visit.leave();
      assertThat(visit.isViewing()).isFalse();
    }
  }

  @Test
  void fourTitles_atOnce_areAScan() {
    List<Visit> visits = new ArrayList<>();
    for (int title = 0; title < 4; title++) {
      visits.add(detector.comes(SCANNER, title(title)));
    }
    clock.advance(GLANCE);
    visits.forEach(Visit::leave);
    assertThat(visits).noneMatch(Visit::isViewing);
  }

  @Test
  void fourTitles_openAtOnce_areNoScanBeforeTheyAreLeft() {
    List<Visit> visits = new ArrayList<>();
    for (int title = 0; title < 4; title++) {
      visits.add(detector.comes(SCANNER, title(title)));
    }
    clock.advance(GLANCE);
    assertThat(visits).allMatch(Visit::isViewing);
  }

  @Test
  void fourTitles_withinMoreThanTwoMinutes_areViewed() {
    List<Visit> visits = visits(SCANNER, 0, 1, GLANCE);
    clock.advance(ScanDetector.WITHIN);
    visits.addAll(visits(SCANNER, 1, 3, GLANCE));
    assertThat(visits).allMatch(Visit::isViewing);
  }

  @Test
  void fourTitles_oneWatchedForHalfAMinute_areViewed() {
    List<Visit> visits = visits(SCANNER, 0, 3, GLANCE);
    visits.add(visit(SCANNER, 3, Visit.STAY));
    assertThat(visits).allMatch(Visit::isViewing);
  }

  /** As from players that seek and probes that read the end of a film. */
  @Test
  void oneTitle_askedForManyTimes_isOneVisit() {
    List<Visit> visits = new ArrayList<>();
    for (int request = 0; request < 20; request++) {
      visits.add(visit(SCANNER, 7, GLANCE));
    }
    assertThat(visits).allMatch(Visit::isViewing);
    assertThat(visits).containsOnly(visits.getFirst());
  }

  @Test
  void oneTitle_lookedAtAgainAfterABreak_isNoSecondTitle() {
    List<Visit> visits = visits(SCANNER, 0, 3, GLANCE);
    clock.advance(ScanDetector.SEEK.plusSeconds(1));
    visits.add(visit(SCANNER, 0, GLANCE));
    assertThat(visits).allMatch(Visit::isViewing);
  }

  /** Two looks of a second each are not half a minute of watching. */
  @Test
  void oneTitle_lookedAtAgainAfterABreak_countsFromThen() {
    visit(SCANNER, 0, GLANCE);
    clock.advance(Visit.STAY);
    visit(SCANNER, 0, GLANCE);
    assertThat(visits(SCANNER, 1, 3, GLANCE)).noneMatch(Visit::isViewing);
  }

  @Test
  void oneOfSeveralRequests_ends_theVisitGoesOn() {
    Visit first = detector.comes(SCANNER, title(0));
    Visit second = detector.comes(SCANNER, title(0));
    first.leave();
    visits(SCANNER, 1, 3, GLANCE);
    assertThat(second.isViewing()).isTrue();
    second.leave();
    assertThat(second.isViewing()).isFalse();
  }

  @Test
  void scanner_staysWithATitle_watchesItFromThenOn() {
    visits(SCANNER, 0, 10, GLANCE);
    Visit visit = detector.comes(SCANNER, title(3));
    clock.advance(Visit.STAY.minusMillis(1));
    assertThat(visit.isViewing()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(visit.isViewing()).as("while it is still there").isTrue();
    visit.leave();
    assertThat(visit.isViewing()).as("also when it has left").isTrue();
    visits(SCANNER, 10, 10, GLANCE);
    assertThat(visit.isViewing()).as("whatever it looks at next").isTrue();
  }

  @Test
  void scanner_hasBeenQuiet_beginsLikeAnybody() {
    visits(SCANNER, 0, 60, GLANCE);
    clock.advance(ScanDetector.WITHIN);
    assertThat(visits(SCANNER, 60, 3, GLANCE)).allMatch(Visit::isViewing);
  }

  @Test
  void otherClients_areViewers() {
    ClientId player = client("192.168.1.5", "Kodi/20.0");
    ClientId neighbour = client("192.168.1.6", "Lavf/59.27.100");
    Visit watched = visit(player, 2, GLANCE);
    visits(SCANNER, 0, 60, GLANCE);
    assertThat(watched.isViewing()).isTrue();
    assertThat(visit(player, 3, GLANCE).isViewing()).isTrue();
    assertThat(visit(neighbour, 3, GLANCE).isViewing()).isTrue();
  }

  @Test
  void scansAreToBeCompleted_nobodyScans() {
    ScanDetector lenient = new ScanDetector(/* completesScans= */ true, clock::nanoTime);
    List<Visit> visits = new ArrayList<>();
    for (int title = 0; title < 60; title++) {
      Visit visit = lenient.comes(SCANNER, title(title));
      visit.leave();
      visits.add(visit);
    }
    assertThat(visits).allMatch(Visit::isViewing);
  }

  @Test
  void tooManyClients_theOneThatWasQuietForLongestIsForgotten() {
    visits(SCANNER, 0, 3, Duration.ZERO);
    for (int other = 0; other < ScanDetector.MOST_CLIENTS; other++) {
      visit(new ClientId(InetAddress.getLoopbackAddress(), other), 0, Duration.ZERO);
    }
    assertThat(visit(SCANNER, 3, Duration.ZERO).isViewing()).isTrue();
    assertThat(detector.clients()).isEqualTo(ScanDetector.MOST_CLIENTS);
  }
}
