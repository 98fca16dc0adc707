package streamcache.seerr;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.seerr.SeerrRig.FAKE;
import static streamcache.seerr.SeerrRig.GONE;
import static streamcache.seerr.SeerrRig.MATRIX;

import java.io.IOException;
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
import streamcache.testkit.seerr.FakeSeerr.Asked;
import streamcache.testkit.seerr.FakeSeerr.Reported;

/** Which titles are requested, and as what. */
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

  // Actions by the status of the work.

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
            This title cannot be played: The provider no longer has this title.
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
    "2, done: was requested before and awaits approval, Requested in Seerr",
    "3, done: was requested before and is being fetched, Requested in Seerr",
    "6, refused: it is on Seerr's block list, ",
    "9, refused: it has an unknown status in Seerr: 9, "
  })
  void gone_otherStatus_nothingIsAsked(int status, String state, String note) throws IOException {
    rig.fake.status("movie", 603, status);
    rig.gone("1.mkv", MATRIX).rounds(Duration.ofDays(3));
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).isEqualTo(state);
    assertThat(rig.note("1.mkv")).isEqualTo(Optional.ofNullable(note));
  }

  /** Without this field, Seerr would not look for an older request. */
  @Test
  void request_saysThatItIsNot4k() {
    rig.gone("1.mkv", MATRIX).round();
    rig.fake.status("movie", 603, 1);
    rig.gone("2.mkv", MATRIX).round();
    assertThat(rig.fake.posts()).hasSize(2);
    assertThat(rig.fake.asked()).hasSize(1);
    assertThat(rig.told()).contains("DELIVERED was requested before");
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

  /** Faults of the account, provider or network: a new copy of the title would not help. */
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

  // How the work is identified.

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
    assertThat(rig.told()).contains("DELIVERED was requested before");
  }

  @Test
  void series_withoutASeason_isRefused() throws IOException {
    rig.fails("1.mkv", "1.mkv", "?tmdb=1399&type=tv", GONE).round();
    assertThat(rig.fake.posts()).isEmpty();
    assertThat(rig.only()).startsWith("refused: it is a series of unknown season");
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
    // The fake compares letters exactly, unlike a real Seerr: it finds nothing, so nothing is
    // requested.
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
        .isEqualTo("refused: Seerr's search finds 2 matches for The Matrix (1999), not one");
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

  /** Seerr also finds nothing when the catalogue behind it does not respond. */
  @Test
  void search_findsNothing_isTriedAgain() throws IOException {
    rig.fake.catalogueDown(true);
    rig.gone("1.mkv", MATRIX).rounds(HOUR);
    assertThat(rig.only())
        .isEqualTo("to be reported: Seerr's search finds nothing for The Matrix (1999)");
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
            "refused: gave up: Seerr's catalogue does not respond, or does not know the title");
    assertThat(rig.fake.calls("/movie/603")).hasSizeBetween(12, 14);
  }

  @Test
  void refused_linkThatSaysMore_isTriedAtOnce() {
    rig.gone("1.mkv", "1234.mkv").round();
    rig.fails("1.mkv", "1234.mkv", "?tmdb=603", GONE).round();
    assertThat(rig.fake.asked()).hasSize(1);
  }

  // The issue that the server creates.
}
