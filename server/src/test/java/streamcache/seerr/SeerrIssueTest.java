package streamcache.seerr;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.seerr.SeerrRig.MATRIX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.seerr.FakeSeerr.Reported;
import streamcache.testkit.seerr.FakeSeerr.Right;

/** How an existing issue is handled. */
final class SeerrIssueTest {

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
  void issue_stillFailing_isCommentedOncePerDay() {
    rig.fake.status("movie", 603, 5);
    for (int hour = 0; hour < 50; hour++) {
      rig.gone("1.mkv", MATRIX).round();
      rig.rounds(HOUR);
    }
    Reported issue = rig.fake.reported().getFirst();
    assertThat(rig.fake.reported()).hasSize(1);
    assertThat(issue.messages()).hasSize(3);
    assertThat(issue.messages().getLast()).startsWith("This title still cannot be played: ");
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
    assertThat(rig.only()).isEqualTo("plays again: plays again; it has no open issue");
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

  // Failures of Seerr itself.
}
