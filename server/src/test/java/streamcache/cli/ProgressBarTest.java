package streamcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a person sees on a terminal while a command runs. */
final class ProgressBarTest {

  private static final String CLEAR = "\r\u001b[K";

  private final StringWriter err = new StringWriter();
  private long now;

  private ProgressBar bar(boolean isShown) {
    return new ProgressBar(new PrintWriter(err), isShown, () -> now);
  }

  private ImportReport report(boolean isShown) {
    PrintWriter out = new PrintWriter(new StringWriter());
    PrintWriter errors = new PrintWriter(err, /* autoFlush= */ true);
    return new ImportReport(out, errors, /* isJson= */ false, bar(isShown));
  }

  private void pass(int millis) {
    now += Duration.ofMillis(millis).toNanos();
  }

  @Test
  void playlist_ofKnownSize_fillsTheBar() {
    ImportReport report = report(/* isShown= */ true);
    pass(100);
    report.entries(1234, 25, 100);
    assertThat(err).hasToString(CLEAR + "[" + "=".repeat(10) + " ".repeat(30) + "] 1,234 entries");
  }

  @Test
  void playlist_ofUnknownSize_hasWordsOnly() {
    ImportReport report = report(/* isShown= */ true);
    pass(100);
    report.entries(7, 25, 0);
    assertThat(err).hasToString(CLEAR + "7 entries");
  }

  @Test
  void series_sayHowManyAreDone_atMostTenTimesASecond() {
    ImportReport report = report(/* isShown= */ true);
    for (int done = 1; done <= 10; done++) {
      pass(50);
      report.news().series(done, 10);
    }
    assertThat(err.toString().split("\r", -1)).hasSize(6);
    assertThat(err.toString()).endsWith("[" + "=".repeat(40) + "] 10 of 10 series");
  }

  @Test
  void sentence_whileABarIsShown_getsALineOfItsOwn() {
    ImportReport report = report(/* isShown= */ true);
    pass(100);
    report.entries(7, 25, 0);
    report.say("Waiting.");
    assertThat(err.toString()).endsWith("7 entries" + CLEAR + "streamcache: Waiting.\n");
  }

  @Test
  void nobodyWatches_nothingIsShown() {
    ImportReport report = report(/* isShown= */ false);
    pass(100);
    report.entries(7, 25, 100);
    report.news().series(1, 2);
    report.say("Waiting.");
    assertThat(err).hasToString("streamcache: Waiting.\n");
  }
}
