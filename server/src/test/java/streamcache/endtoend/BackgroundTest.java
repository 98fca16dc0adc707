package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** Background fills wait for their hours, quota and rate; a player never does. */
final class BackgroundTest {

  private static final long MIB = 1 << 20;
  private static final String FILM = "/film.mkv";
  private static final Duration A_WHILE = Duration.ofMillis(1500);

  private static FakeClock clock(int hour) {
    LocalDateTime time = LocalDateTime.of(2030, 2, 1, hour, 0);
    return new FakeClock().setWall(time.atZone(ZoneId.systemDefault()).toInstant());
  }

  /** Plays the beginning and disconnects. */
  private static void glance(Rig rig, Content content) throws IOException {
    try (CheckedStream player = rig.stream(FILM, content)) {
      player.awaitBytes(MIB);
    }
  }

  @Test
  void quotaSpent_restComesTheNextDay_alsoAfterARestart() throws IOException {
    Content content = Content.of(/* seed= */ 5, 64 * MIB);
    FakeClock clock = clock(12);
    try (Rig rig = Rig.set(clock, "[provider *]", "FILL_QUOTA = 6MiB")) {
      rig.serve(FILM, Script.of(content).pace(6 * MIB));
      glance(rig, content);
      rig.origin().awaitRequests(FILM, 1).awaitEnd();
      long today = rig.origin().bodyBytes(FILM);
      assertThat(today).isBetween(6 * MIB, 20 * MIB);
      assertThat(rig.origin().isRequestedWithin(A_WHILE, FILM, 2)).isFalse();
      clock.advance(Duration.ofDays(1));
      rig.origin().awaitRequests(FILM, 2).awaitEnd();
      assertThat(rig.origin().bodyBytes(FILM)).isGreaterThan(today + 5 * MIB);
      rig.restart();
      glance(rig, content);
      assertThat(rig.origin().isRequestedWithin(A_WHILE, FILM, 3))
          .as("the day's quota is spent")
          .isFalse();
      clock.advance(Duration.ofDays(1));
      rig.origin().awaitRequests(FILM, 3).awaitEnd();
      rig.get(FILM).check(content, 0, content.length());
    }
  }

  @Test
  void outsideTheHours_playersGetAllTheyWant_andNothingElseIsFetched() throws IOException {
    Content content = Content.of(/* seed= */ 6, 64 * MIB);
    FakeClock clock = clock(12);
    try (Rig rig = Rig.set(clock, "[provider *]", "FILL_HOURS = 23:00-06:00")) {
      rig.serve(FILM, Script.of(content).pace(24 * MIB));
      glance(rig, content);
      rig.origin().awaitRequests(FILM, 1).awaitEnd();
      assertThat(rig.origin().bodyBytes(FILM)).isLessThan(48 * MIB);
      assertThat(rig.origin().isRequestedWithin(A_WHILE, FILM, 2)).isFalse();
      clock.advance(Duration.ofHours(12));
      rig.origin().awaitRequests(FILM, 2);
      clock.advance(Duration.ofHours(12));
      rig.origin().awaitIdle();
      try (CheckedStream player = rig.stream(FILM, content)) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
    }
  }

  @Test
  void completeAfter_whoLooksInAndLeaves_getsNoWholeFilm() throws IOException {
    Content content = Content.of(/* seed= */ 7, 64 * MIB);
    try (Rig rig = Rig.set("[provider *]", "COMPLETE_AFTER = 40%")) {
      rig.serve(FILM, Script.of(content).pace(24 * MIB));
      glance(rig, content);
      rig.origin().awaitRequests(FILM, 1).awaitEnd();
      assertThat(rig.origin().bodyBytes(FILM)).isLessThan(48 * MIB);
      assertThat(rig.origin().isRequestedWithin(A_WHILE, FILM, 2)).isFalse();
      try (CheckedStream player = rig.stream(FILM, content)) {
        player.awaitBytes(30 * MIB);
      }
      rig.origin().awaitRequests(FILM, 2);
      rig.origin().awaitIdle();
      long asked = rig.origin().requests(FILM).size();
      long from = content.length() - MIB;
      rig.get(FILM, RawClient.rangeFrom(from)).check(content, from, content.length());
      assertThat(rig.origin().requests(FILM)).as("it was complete").hasSize((int) asked);
    }
  }

  @Test
  void rateLimit_holdsEverybodyToIt() throws IOException {
    Content content = Content.of(/* seed= */ 8, 4 * MIB);
    try (Rig rig = Rig.set("[provider *]", "RATE_LIMIT = 2MiB")) {
      rig.serve(FILM, Script.of(content));
      long begun = System.nanoTime();
      rig.get(FILM).check(content, 0, content.length());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(A_WHILE);
    }
  }

  /** At the fill rate limit this would take ten minutes. */
  @Test
  void fillRateLimit_doesNotSlowAPlayer_whoComesLater() throws IOException {
    Content content = Content.of(/* seed= */ 9, 40 * MIB);
    try (Rig rig = Rig.set("[provider *]", "FILL_RATE_LIMIT = 64KiB")) {
      rig.serve(FILM, Script.of(content).pace(16 * MIB));
      glance(rig, content);
      assertThat(rig.origin().isRequestedWithin(A_WHILE, FILM, 2)).isFalse();
      assertThat(rig.origin().bodyBytes(FILM)).isLessThan(20 * MIB);
      long begun = System.nanoTime();
      rig.get(FILM).check(content, 0, content.length());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }
  }
}
