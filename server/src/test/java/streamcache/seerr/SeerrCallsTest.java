package streamcache.seerr;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.seerr.SeerrRig.GONE;
import static streamcache.seerr.SeerrRig.MATRIX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.testkit.Script;
import streamcache.testkit.seerr.FakeSeerr;
import streamcache.testkit.seerr.FakeSeerr.Asked;
import streamcache.testkit.seerr.FakeSeerr.Right;

/** A Seerr that is down, refuses, sends invalid responses or needs more, and the operator. */
final class SeerrCallsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private SeerrRig rig;

  @BeforeEach
  void open() {
    rig = new SeerrRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  // Actions by the status of the work.

  @Test
  void seerr_away_isAskedWhenItComesBack() throws IOException {
    rig.fake.away();
    rig.gone("1.mkv", MATRIX).rounds(DAY.multipliedBy(7));
    assertThat(rig.told())
        .containsOnlyOnce("UNAVAILABLE Seerr cannot be used: it refuses connections");
    rig.fake.back();
    rig.rounds(HOUR);
    assertThat(rig.fake.asked()).hasSize(1);
    assertThat(rig.told())
        .anyMatch(line -> line.startsWith("AVAILABLE Connected to Seerr version 3.1.0"));
  }

  @Test
  void key_wrong_isFoundAtTheStart() {
    rig.restart(old -> SeerrRig.key(old, "wrong")).rounds(DAY);
    assertThat(rig.told())
        .containsExactly(
            "UNAVAILABLE Seerr cannot be used: it rejects the key or the user; check SEERR_API_KEY and"
                + " SEERR_USER");
    assertThat(rig.fake.origin().requests().size()).as("it is not hammered").isLessThan(250);
  }

  @Test
  void user_unknown_isFoundAtTheStart() {
    rig.restart(old -> SeerrRig.with(old, OptionalInt.of(77), false, 10)).round();
    assertThat(rig.told().getFirst()).startsWith("UNAVAILABLE").contains("SEERR_USER");
  }

  @Test
  void url_ofSomethingElse_isFoundAtTheStart() {
    rig.fake.failNext(Script.status(200, "text/html", "<html>a router</html>"));
    rig.round();
    rig.fake.failNext(Script.status(200, "application/json", "{\"hello\":1}"));
    rig.round(HOUR);
    rig.fake.failNext(Script.redirect("/login"));
    rig.round(HOUR);
    assertThat(rig.told())
        .containsExactly(
            "UNAVAILABLE Seerr cannot be used: the server at that address is not Seerr; check"
                + " SEERR_URL");
    rig.round(HOUR);
    assertThat(rig.told().getLast()).startsWith("AVAILABLE");
  }

  @Test
  void key_takenBackLater_waitsAndTellsOnce() {
    rig.round();
    rig.gone("1.mkv", MATRIX);
    rig.fake.failNext(Script.status(401, "application/json", "{\"message\":\"no\"}"));
    rig.round();
    assertThat(rig.told())
        .contains("UNAVAILABLE Seerr cannot be used: it rejects the key; check SEERR_API_KEY");
    rig.rounds(HOUR);
    assertThat(rig.fake.asked()).hasSize(1);
  }

  @Test
  void csrfProtection_isSatisfied() {
    rig.fake.csrf(true);
    rig.gone("1.mkv", MATRIX).round();
    assertThat(rig.fake.asked()).hasSize(1);
    rig.fake.status("movie", 603, 5);
    rig.gone("2.mkv", MATRIX).round();
    rig.plays("2.mkv").round();
    assertThat(rig.fake.reported().getFirst().isOpen()).isFalse();
  }

  @Test
  void csrfProtection_cookiesOutOfDate_areFetchedAnew() {
    rig.round();
    rig.fake.csrf(true);
    rig.gone("1.mkv", MATRIX);
    rig.fake.failNext();
    rig.round();
    assertThat(rig.fake.asked()).hasSize(1);
  }

  @Test
  void quota_used_waitsForIt() throws IOException {
    rig.fake.user(7, Right.REQUEST).movieQuota(7, 0);
    rig.restart(old -> SeerrRig.with(old, OptionalInt.of(7), false, 10));
    rig.gone("1.mkv", MATRIX).rounds(HOUR);
    assertThat(rig.only()).isEqualTo("to be reported: the quota of the Seerr user is used up");
    assertThat(rig.fake.posts()).hasSize(1);
    rig.fake.movieQuota(7, 1);
    rig.rounds(DAY);
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 603, List.of(), 7));
  }

  @Test
  void user_withoutTheRight_isRefused() throws IOException {
    rig.fake.user(7, Right.CREATE_ISSUES);
    rig.restart(old -> SeerrRig.with(old, OptionalInt.of(7), false, 10));
    rig.gone("1.mkv", MATRIX).round();
    assertThat(rig.only()).isEqualTo("refused: the Seerr user lacks the permission");
    rig.gone("1.mkv", MATRIX).rounds(HOUR);
    assertThat(rig.fake.posts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, refused: Seerr answered with status 400",
    "404, refused: Seerr answered with status 404",
    "500, to be reported: Seerr answered with status 500",
    "418, to be reported: Seerr answered with status 418"
  })
  void post_failsWithStatus(int status, String state) throws IOException {
    rig.round();
    rig.gone("1.mkv", MATRIX);
    Script fine =
        Script.status(
            200,
            "application/json",
            "{\"results\":[{\"id\":603,\"mediaType\":"
                + "\"movie\",\"title\":\"The Matrix\",\"releaseDate\":\"1999-03-31\"}]}");
    Script unknown = Script.status(200, "application/json", "{\"id\":603}");
    rig.fake.failNext(
        fine, unknown, Script.status(status, "application/json", "{\"message\":\"bad\"}"));
    rig.round();
    assertThat(rig.only()).isEqualTo(state);
  }

  /** The issue was created and the response was lost: looking first prevents a duplicate. */
  @Test
  void answer_lost_isNotSentAgain() throws IOException {
    rig.fake.status("movie", 603, 5);
    var gate = new streamcache.testkit.Gate();
    rig.fake.holdAnswers(gate);
    rig.round();
    rig.gone("1.mkv", MATRIX);
    Thread round = Thread.ofPlatform().start(() -> rig.round());
    rig.fake.origin().awaitRequests("/api/v1/issue", 1);
    rig.fake.origin().cutAll(streamcache.testkit.Cut.RESET);
    join(round);
    gate.open();
    assertThat(rig.only()).startsWith("to be reported");
    rig.restart().rounds(HOUR);
    assertThat(rig.fake.reported()).hasSize(1);
    assertThat(rig.only()).startsWith("done: issue ");
    rig.plays("1.mkv").round();
    assertThat(rig.fake.reported().getFirst().isOpen()).isFalse();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // Limits.

  @Test
  void manyTitles_areToldWithinTheRate() {
    for (int film = 0; film < 12; film++) {
      rig.fake.movie(1000 + film, "Film " + film, 2000);
      rig.gone(film + ".mkv", "Film " + film + " (2000).mkv");
    }
    rig.restart(old -> SeerrRig.with(old, OptionalInt.empty(), false, 5));
    for (int film = 0; film < 12; film++) {
      rig.gone(film + ".mkv", "Film " + film + " (2000).mkv");
    }
    rig.rounds(Duration.ofMinutes(59));
    assertThat(rig.fake.asked()).hasSize(5);
    rig.restart().rounds(Duration.ofSeconds(30));
    assertThat(rig.fake.asked()).as("also across a restart").hasSize(5);
    rig.rounds(HOUR);
    assertThat(rig.fake.asked()).hasSize(10);
    rig.rounds(HOUR);
    assertThat(rig.fake.asked()).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void resolving_doesNotWaitForTheRate() {
    rig.restart(old -> SeerrRig.with(old, OptionalInt.empty(), false, 1));
    rig.fake.status("movie", 603, 5).movie(42, "Other", 2000);
    rig.gone("1.mkv", MATRIX).round();
    rig.gone("2.mkv", "Other (2000).mkv").round();
    rig.plays("1.mkv").round();
    assertThat(rig.fake.reported().getFirst().isOpen()).isFalse();
    assertThat(rig.fake.asked()).isEmpty();
  }

  @Test
  void cases_tooMany_theOldestThatIsOverGoes() throws IOException {
    rig.gone("first.mkv", MATRIX).round();
    rig.fake.away();
    for (int film = 0; film < Cases.MOST + 5; film++) {
      rig.gone(film + ".mkv", "Film " + film + " (2000).mkv");
      if (film % 500 == 0) {
        rig.round(Duration.ofSeconds(1));
      }
    }
    rig.round(Duration.ofSeconds(1));
    assertThat(rig.book().entries()).hasSize(Cases.MOST).noneMatch(e -> e.name().equals(MATRIX));
    assertThat(rig.told()).contains("REFUSED too many titles are queued");
  }

  // Dry run.

  @Test
  void dryRun_changesNothingAndTellsWhatItWould() throws IOException {
    rig.restart(old -> SeerrRig.with(old, OptionalInt.empty(), true, 10));
    rig.gone("1.mkv", MATRIX).round();
    assertThat(rig.only()).isEqualTo("dry run: would request it");
    rig.fake.status("movie", 603, 5);
    rig.gone("2.mkv", MATRIX).rounds(DAY);
    assertThat(rig.told()).contains("DRY_RUN would report an issue");
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.note("1.mkv")).isEmpty();
    rig.restart(old -> SeerrRig.with(old, OptionalInt.empty(), false, 10)).round();
    rig.gone("2.mkv", MATRIX).round();
    assertThat(rig.fake.reported()).hasSize(1);
  }

  // Operator commands.

  @Test
  void drop_isNeverTold_untilRetried() throws IOException {
    rig.fake.away();
    rig.gone("1.mkv", MATRIX).round();
    String id = rig.book().entries().getFirst().id();
    assertThat(rig.book().drop("nosuchid")).isEmpty();
    assertThat(rig.book().drop(id).orElseThrow().state()).isEqualTo("dropped");
    rig.fake.back();
    rig.gone("1.mkv", MATRIX).rounds(Duration.ofDays(3));
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).isEqualTo("dropped: dropped by the operator");
    assertThat(rig.book().retry(id).orElseThrow().state()).isEqualTo("to be reported");
    rig.rounds(MINUTE);
    assertThat(rig.fake.asked()).hasSize(1);
  }

  @Test
  void retry_ofARefusedOne_isTriedAtOnce() throws IOException {
    rig.fake.user(7, Right.CREATE_ISSUES);
    rig.restart(old -> SeerrRig.with(old, OptionalInt.of(7), false, 10));
    rig.gone("1.mkv", MATRIX).round();
    rig.fake.user(7, Right.REQUEST);
    assertThat(rig.book().retry(rig.book().entries().getFirst().id())).isPresent();
    rig.round(Duration.ofSeconds(10));
    assertThat(rig.fake.asked()).hasSize(1);
  }

  @Test
  void entries_queuedFirst_thenTheNewest() throws IOException {
    rig.fake.movie(1, "Two", 2000);
    rig.gone("1.mkv", MATRIX).round();
    rig.gone("2.mkv", "Two (2000).mkv").round(MINUTE);
    rig.fake.away();
    rig.gone("3.mkv", "Three (2000).mkv").round(MINUTE);
    assertThat(rig.book().entries().stream().map(SeerrEntry::name))
        .containsExactly("Three (2000).mkv", "Two (2000).mkv", MATRIX);
  }

  // Disk failures.

  @Test
  void disk_keepsNothing_isToldOnceAndNothingIsAsked() throws IOException {
    Path file = Files.writeString(folder.resolve(SeerrBook.FILE), "something else\n");
    rig.gone("1.mkv", MATRIX).round();
    rig.round(MINUTE);
    assertThat(rig.told())
        .containsExactly("UNAVAILABLE the queue cannot be saved to disk (IOException)");
    assertThat(rig.fake.origin().requests()).isEmpty();
    Files.delete(file);
    rig.round(MINUTE);
    assertThat(rig.fake.asked()).as("what was heard meanwhile is not lost").hasSize(1);
  }

  @Test
  void nothingSecret_isInTheJournalOrTheNews() throws IOException {
    rig.fails("1.mkv", MATRIX, "?token=secret9", GONE).round();
    rig.fake.status("movie", 603, 5);
    rig.gone("2.mkv", MATRIX).round();
    rig.gone("3.mkv", "Other (2000).mkv");
    rig.fake.failNext(
        Script.status(400, "application/json", "{\"message\":\"secret9 http://u:secret9@h/\"}"));
    rig.round();
    String all =
        Files.readString(folder.resolve(SeerrBook.FILE)) + rig.told() + rig.fake.reported();
    assertThat(all)
        .contains("provider.example")
        .doesNotContain("user7", "pass7", "secret9", FakeSeerr.KEY, "http:");
  }
}
