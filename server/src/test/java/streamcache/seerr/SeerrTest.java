package streamcache.seerr;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.seerr.SeerrRig.FAKE;
import static streamcache.seerr.SeerrRig.GONE;
import static streamcache.seerr.SeerrRig.MATRIX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.origin.Failure;
import streamcache.testkit.Script;
import streamcache.testkit.seerr.FakeSeerr;
import streamcache.testkit.seerr.FakeSeerr.Asked;
import streamcache.testkit.seerr.FakeSeerr.Reported;
import streamcache.testkit.seerr.FakeSeerr.Right;

/** What is asked of Seerr, and what is not, against a fake written from the measured table. */
final class SeerrTest {

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

  // What is done by the status of the work.

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void gone_unknownOrDeleted_isRequestedOnce(int status) throws IOException {
    if (status > 0) {
      rig.fake.status("movie", 603, status);
    }
    rig.gone("1.mkv", MATRIX).gone("1.mkv", MATRIX).round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 603, List.of(), 1));
    assertThat(rig.fake.reported()).isEmpty();
    assertThat(rig.only()).startsWith("done: requested as number ");
    assertThat(rig.note("1.mkv")).contains("Requested in Seerr");
    rig.gone("1.mkv", MATRIX).rounds(Duration.ofDays(3));
    rig.gone("1.mkv", MATRIX).rounds(Duration.ofDays(3));
    assertThat(rig.fake.asked()).hasSize(1);
    assertThat(rig.fake.posts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void gone_available_isReported(int status) throws IOException {
    rig.fake.status("movie", 603, status);
    rig.gone("1.mkv", MATRIX).round();
    assertThat(rig.fake.asked()).isEmpty();
    Reported issue = rig.fake.reported().getFirst();
    assertThat(issue.tmdb()).isEqualTo(603);
    assertThat(issue.isOpen()).isTrue();
    assertThat(issue.messages())
        .containsExactly(
            """
            This cannot be played: The provider no longer has this title.
            File: The Matrix (1999).mkv
            Provider: provider.example
            Last tried: 2026-01-01 00:00 UTC
            Streamcache, case %s\
            """
                .formatted(SeerrRig.link("1.mkv", MATRIX).key().brief()));
    assertThat(rig.only()).isEqualTo("done: reported as issue " + issue.id());
    assertThat(rig.note("1.mkv")).contains("Reported in Seerr");
  }

  @ParameterizedTest
  @CsvSource({
    "2, done: is requested already and waits for approval, Requested in Seerr",
    "3, done: is requested already and being fetched, Requested in Seerr",
    "6, refused: it is on Seerr's block list, ",
    "9, refused: it has a status in Seerr that is not known here: 9, "
  })
  void gone_otherStatus_nothingIsAsked(int status, String state, String note) throws IOException {
    rig.fake.status("movie", 603, status);
    rig.gone("1.mkv", MATRIX).rounds(Duration.ofDays(3));
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).isEqualTo(state);
    assertThat(rig.note("1.mkv")).isEqualTo(Optional.ofNullable(note));
  }

  /** Without it, Seerr would not look for an older request. */
  @Test
  void request_saysThatItIsNot4k() {
    rig.gone("1.mkv", MATRIX).round();
    rig.fake.status("movie", 603, 1);
    rig.gone("2.mkv", MATRIX).round();
    assertThat(rig.fake.posts()).hasSize(2);
    assertThat(rig.fake.asked()).hasSize(1);
    assertThat(rig.told()).contains("DONE is requested already");
  }

  // Which failures count.

  @Test
  void fault_countsWhenItComesBack() {
    rig.fails("1.mkv", MATRIX, "", FAKE).round();
    rig.fails("1.mkv", MATRIX, "", FAKE).round(MINUTE);
    rig.fails("1.mkv", MATRIX, "", FAKE).round(HOUR);
    assertThat(rig.fake.posts()).as("a second try is no second failure").isEmpty();
    rig.clock.advance(HOUR);
    rig.fails("1.mkv", MATRIX, "", FAKE).round();
    rig.clock.advance(HOUR);
    rig.fails("1.mkv", MATRIX, "", FAKE).round();
    assertThat(rig.fake.asked()).hasSize(1);
  }

  @Test
  void faults_farApart_doNotCount() {
    for (int time = 0; time < 6; time++) {
      rig.fails("1.mkv", MATRIX, "", FAKE).round(Duration.ofHours(13));
    }
    assertThat(rig.fake.posts()).isEmpty();
  }

  @Test
  void faults_afterItHasPlayed_countAnew() throws IOException {
    for (int time = 0; time < 2; time++) {
      rig.fails("1.mkv", MATRIX, "", FAKE).round(HOUR);
    }
    rig.plays("1.mkv").round(HOUR);
    assertThat(rig.book().entries()).isEmpty();
    for (int time = 0; time < 2; time++) {
      rig.fails("1.mkv", MATRIX, "", FAKE).round(HOUR);
    }
    assertThat(rig.fake.posts()).isEmpty();
  }

  @Test
  void faults_acrossARestart_count() {
    for (int time = 0; time < 3; time++) {
      rig.restart().round();
      rig.fails("1.mkv", MATRIX, "", FAKE).round(HOUR);
    }
    assertThat(rig.fake.asked()).hasSize(1);
  }

  /** The account, the provider, the way there: nobody could mend that by mending the title. */
  @Test
  void otherFailures_neverCount() throws IOException {
    OptionalInt none = OptionalInt.empty();
    List<Failure> others =
        List.of(
            new Failure.Denied(none, ""),
            new Failure.Limit(none, "", Optional.empty()),
            new Failure.Busy(none, "", Optional.empty()),
            new Failure.Unreachable(none, ""),
            new Failure.Slow(none, ""),
            new Failure.Forbidden(none, ""),
            new Failure.Changed(none, ""));
    for (int time = 0; time < 5; time++) {
      others.forEach(other -> rig.fails("1.mkv", MATRIX, "", other));
      rig.round(HOUR);
    }
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.book().entries()).isEmpty();
  }

  // Which work it is.

  @Test
  void parameters_nameTheWork() {
    rig.fake.movie(42, "Something else", 2000);
    rig.fails("1.mkv", MATRIX, "?tmdb=42&type=movie", GONE).round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 42, List.of(), 1));
    assertThat(rig.fake.calls("/search")).isEmpty();
  }

  @Test
  void episode_isRequestedAsItsSeason_andReportedAsItself() {
    rig.gone("1.mkv", "Game of Thrones (2011) - S02E05.mkv").round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("tv", 1399, List.of(2), 1));
    rig.fake.status("tv", 1399, 4);
    rig.gone("2.mkv", "Game of Thrones (2011) - S03E07.mkv").round();
    Reported issue = rig.fake.reported().getFirst();
    assertThat(issue.season()).isEqualTo(3);
    assertThat(issue.episode()).isEqualTo(7);
  }

  @Test
  void seasonRequestedBefore_isNotAskedAgain() {
    rig.gone("1.mkv", "Game of Thrones (2011) - S02E05.mkv").round();
    rig.fake.status("tv", 1399, 1);
    rig.gone("2.mkv", "Game of Thrones (2011) - S02E06.mkv").round();
    assertThat(rig.fake.asked()).hasSize(1);
    assertThat(rig.told()).contains("DONE is requested already");
  }

  @Test
  void series_withoutASeason_isRefused() throws IOException {
    rig.fails("1.mkv", "1.mkv", "?tmdb=1399&type=tv", GONE).round();
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).startsWith("refused: it is a series, and nothing tells which season");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?imdb=tt0000603", "?imdb=tt0000603&type=movie"})
  void imdb_isLookedUp(String query) {
    rig.fails("1.mkv", "1.mkv", query, GONE).round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 603, List.of(), 1));
    assertThat(rig.fake.calls("/search").getFirst().target()).endsWith("?query=imdb%3Att0000603");
  }

  @Test
  void search_blanks_areEscapedAsSeerrWants() {
    rig.gone("1.mkv", MATRIX).round();
    assertThat(rig.fake.calls("/search").getFirst().target())
        .endsWith("/search?query=The%20Matrix%20year%3A1999");
  }

  @Test
  void search_originalTitle_counts() {
    rig.fake.movie(194, "Amelie", "Le Fabuleux Destin d'Amélie Poulain", 2001, "tt0211915");
    rig.gone("1.mkv", "Le fabuleux destin d’Amelie Poulain (2001).mkv").round();
    // The fake searches by letters, as the real one would not: nothing is found, so nothing asked.
    assertThat(rig.fake.posts()).isEmpty();
    rig.fake.movie(195, "Amélie!", "Le fabuleux destin d’Amelie Poulain", 2001, "tt0211915");
    rig.rounds(HOUR);
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 195, List.of(), 1));
  }

  @Test
  void search_severalOfTheName_isRefused() throws IOException {
    rig.fake.movie(604, "The Matrix", 1999);
    rig.gone("1.mkv", MATRIX).rounds(DAY);
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only())
        .isEqualTo("refused: Seerr's search finds 2 works for The Matrix (1999), not one");
  }

  @Test
  void search_filmAndSeriesOfTheName_isRefusedUnlessTheLinkSaysWhich() {
    rig.fake.series(605, "The Matrix", 1999);
    rig.gone("1.mkv", MATRIX).round();
    assertThat(rig.fake.posts()).isEmpty();
    rig.fails("2.mkv", MATRIX, "?type=movie", GONE).round();
    assertThat(rig.fake.asked()).containsExactly(new Asked("movie", 603, List.of(), 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The Matrix Reloaded (1999).mkv",
        "Matrix (1999).mkv",
        "The Matrix (2003).mkv",
        "The Matrix.mkv",
        "1234.mkv",
        "tmdb:603 (1999).mkv",
        "(1999).mkv"
      })
  void search_nameThatDoesNotFit_isNeverAsked(String name) {
    rig.gone("1.mkv", name).rounds(Duration.ofDays(3));
    assertThat(rig.fake.posts()).isEmpty();
  }

  /** Seerr finds nothing also when the catalogue behind it does not answer. */
  @Test
  void search_findsNothing_isTriedAgain() throws IOException {
    rig.fake.catalogueDown(true);
    rig.gone("1.mkv", MATRIX).rounds(HOUR);
    assertThat(rig.only())
        .isEqualTo("to be told: Seerr's search finds nothing for The Matrix (1999)");
    rig.fake.catalogueDown(false);
    rig.rounds(HOUR.multipliedBy(2));
    assertThat(rig.fake.asked()).hasSize(1);
  }

  @Test
  void catalogue_downForDays_isGivenUp() throws IOException {
    rig.fake.catalogueDown(true);
    rig.fails("1.mkv", "1.mkv", "?tmdb=603", GONE).rounds(Duration.ofDays(4));
    assertThat(rig.only())
        .isEqualTo(
            "refused: given up: Seerr's catalogue does not answer, or does not know the"
                + " title");
    assertThat(rig.fake.calls("/movie/603")).hasSizeBetween(12, 14);
  }

  @Test
  void refused_linkThatSaysMore_isTriedAtOnce() {
    rig.gone("1.mkv", "1234.mkv").round();
    rig.fails("1.mkv", "1234.mkv", "?tmdb=603", GONE).round();
    assertThat(rig.fake.asked()).hasSize(1);
  }

  // Our own issue.

  @Test
  void issue_stillFailing_isCommentedOncePerDay() {
    rig.fake.status("movie", 603, 5);
    for (int hour = 0; hour < 50; hour++) {
      rig.gone("1.mkv", MATRIX).round();
      rig.rounds(HOUR);
    }
    Reported issue = rig.fake.reported().getFirst();
    assertThat(rig.fake.reported()).hasSize(1);
    assertThat(issue.messages()).hasSize(3);
    assertThat(issue.messages().getLast()).startsWith("It still cannot be played: ");
  }

  @Test
  void issue_ofAnotherCopy_isNotDoubled() throws IOException {
    rig.fake.status("movie", 603, 5);
    rig.gone("1.mkv", MATRIX).round();
    rig.gone("2.mkv", MATRIX).round(HOUR);
    assertThat(rig.fake.reported()).hasSize(1);
    assertThat(rig.fake.reported().getFirst().messages()).hasSize(1);
    assertThat(rig.note("2.mkv")).contains("Reported in Seerr");
    rig.plays("2.mkv").round();
    assertThat(rig.fake.reported().getFirst().isOpen()).as("the first still fails").isTrue();
    rig.plays("1.mkv").round();
    assertThat(rig.fake.reported().getFirst().isOpen()).isFalse();
  }

  @Test
  void issue_ofSomebodyElse_isNotOurs() {
    rig.fake.status("movie", 603, 5).user(9, Right.CREATE_ISSUES);
    rig.fake.reportBy(9, "movie", 603, "no sound");
    rig.gone("1.mkv", MATRIX).round();
    assertThat(rig.fake.reported()).hasSize(2);
    rig.plays("1.mkv").round();
    assertThat(rig.fake.reported().stream().map(Reported::isOpen)).containsExactly(true, false);
  }

  @Test
  void issue_ofAnotherEpisode_isAnother() {
    rig.fake.status("tv", 1399, 5);
    rig.gone("1.mkv", "Game of Thrones (2011) - S01E01.mkv").round();
    rig.gone("2.mkv", "Game of Thrones (2011) - S01E02.mkv").round();
    assertThat(rig.fake.reported()).hasSize(2);
  }

  @Test
  void issue_titlePlaysAgain_isResolvedByUs() throws IOException {
    rig.fake.status("movie", 603, 5);
    rig.gone("1.mkv", MATRIX).round();
    rig.plays("1.mkv").round(HOUR);
    assertThat(rig.fake.reported().getFirst().isOpen()).isFalse();
    assertThat(rig.only()).startsWith("plays again: resolved issue ");
    assertThat(rig.note("1.mkv")).isEmpty();
    rig.plays("1.mkv").rounds(DAY);
    assertThat(rig.fake.posts()).hasSize(2);
  }

  @Test
  void issue_resolvedByAPerson_isLeftAlone() throws IOException {
    rig.fake.status("movie", 603, 5);
    rig.gone("1.mkv", MATRIX).round();
    rig.fake.resolve(rig.fake.reported().getFirst().id());
    rig.plays("1.mkv").round();
    assertThat(rig.fake.posts()).hasSize(1);
    assertThat(rig.only()).isEqualTo("plays again: plays again, and no issue of it is open");
  }

  @Test
  void issue_flapping_isReportedOncePerDay() {
    rig.fake.status("movie", 603, 5);
    for (int time = 0; time < 28; time++) {
      rig.gone("1.mkv", MATRIX).rounds(Duration.ofMinutes(50));
      rig.plays("1.mkv").rounds(Duration.ofMinutes(50));
    }
    assertThat(rig.fake.reported()).hasSize(2).noneMatch(Reported::isOpen);
  }

  @Test
  void queued_titlePlaysBeforeItIsTold_nothingIsAsked() throws IOException {
    rig.fake.away();
    rig.gone("1.mkv", MATRIX).round();
    rig.plays("1.mkv").round();
    rig.fake.back();
    rig.rounds(DAY);
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.book().entries()).isEmpty();
  }

  // Trouble with Seerr itself.

  @Test
  void seerr_away_isAskedWhenItComesBack() throws IOException {
    rig.fake.away();
    rig.gone("1.mkv", MATRIX).rounds(DAY.multipliedBy(7));
    assertThat(rig.told())
        .containsOnlyOnce("TROUBLE Seerr cannot be asked: it takes no connections");
    rig.fake.back();
    rig.rounds(HOUR);
    assertThat(rig.fake.asked()).hasSize(1);
    assertThat(rig.told()).anyMatch(line -> line.startsWith("WELL Seerr listens: version 3.1.0"));
  }

  @Test
  void key_wrong_isFoundAtTheStart() {
    rig.restart(old -> SeerrRig.key(old, "wrong")).rounds(DAY);
    assertThat(rig.told())
        .containsExactly(
            "TROUBLE Seerr cannot be asked: it refuses the key or the user: SEERR_API_KEY or"
                + " SEERR_USER is wrong");
    assertThat(rig.fake.origin().requests().size()).as("it is not hammered").isLessThan(250);
  }

  @Test
  void user_unknown_isFoundAtTheStart() {
    rig.restart(old -> SeerrRig.with(old, OptionalInt.of(77), false, 10)).round();
    assertThat(rig.told().getFirst()).startsWith("TROUBLE").contains("SEERR_USER");
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
            "TROUBLE Seerr cannot be asked: what answers there is no Seerr: is SEERR_URL right?");
    rig.round(HOUR);
    assertThat(rig.told().getLast()).startsWith("WELL");
  }

  @Test
  void key_takenBackLater_waitsAndTellsOnce() {
    rig.round();
    rig.gone("1.mkv", MATRIX);
    rig.fake.failNext(Script.status(401, "application/json", "{\"message\":\"no\"}"));
    rig.round();
    assertThat(rig.told())
        .contains("TROUBLE Seerr cannot be asked: it refuses the key: SEERR_API_KEY is wrong");
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
    assertThat(rig.only()).isEqualTo("to be told: the quota of the Seerr user is used up");
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
    assertThat(rig.only()).isEqualTo("refused: the Seerr user may not do that");
    rig.gone("1.mkv", MATRIX).rounds(HOUR);
    assertThat(rig.fake.posts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, refused: Seerr answers with status 400",
    "404, refused: Seerr answers with status 404",
    "500, to be told: Seerr answers with status 500",
    "418, to be told: Seerr answers with status 418"
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

  /** It was made, and the answer was lost: looking first is what keeps it from being made twice. */
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
    assertThat(rig.only()).startsWith("to be told");
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

  // Bounds.

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
    assertThat(rig.told()).contains("REFUSED too much is queued already");
  }

  // Dry run.

  @Test
  void dryRun_changesNothingAndTellsWhatItWould() throws IOException {
    rig.restart(old -> SeerrRig.with(old, OptionalInt.empty(), true, 10));
    rig.gone("1.mkv", MATRIX).round();
    assertThat(rig.only()).isEqualTo("dry run: would request it");
    rig.fake.status("movie", 603, 5);
    rig.gone("2.mkv", MATRIX).rounds(DAY);
    assertThat(rig.told()).contains("WOULD would report an issue");
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.note("1.mkv")).isEmpty();
    rig.restart(old -> SeerrRig.with(old, OptionalInt.empty(), false, 10)).round();
    rig.gone("2.mkv", MATRIX).round();
    assertThat(rig.fake.reported()).hasSize(1);
  }

  // The operator.

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
    assertThat(rig.book().retry(id).orElseThrow().state()).isEqualTo("to be told");
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

  // The disk.

  @Test
  void disk_keepsNothing_isToldOnceAndNothingIsAsked() throws IOException {
    Path file = Files.writeString(folder.resolve(SeerrBook.FILE), "something else\n");
    rig.gone("1.mkv", MATRIX).round();
    rig.round(MINUTE);
    assertThat(rig.told())
        .containsExactly("TROUBLE the disk does not keep what is to be told (IOException)");
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
