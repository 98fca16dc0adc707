package streamcache.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import streamcache.library.RewriteGuard.Answer;

final class RewriteGuardTest {

  private static final Path FILE = Path.of("film.strm");

  private final RewriteGuard guard = new RewriteGuard();
  private Instant now = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void ask_writtenThreeTimesInAMinute_isLeftAloneForAnHour() {
    for (int time = 0; time < RewriteGuard.MOST; time++) {
      write();
      now = now.plusSeconds(19);
    }
    assertThat(guard.ask(FILE, now)).isEqualTo(Answer.LEAVE_FROM_NOW);
    assertThat(guard.ask(FILE, now)).isEqualTo(Answer.LEAVE);
    assertThat(guard.ask(Path.of("other.strm"), now)).isEqualTo(Answer.WRITE);
    now = now.plus(RewriteGuard.REST).minusSeconds(1);
    guard.tidy(now);
    assertThat(guard.ask(FILE, now)).isEqualTo(Answer.LEAVE);
    now = now.plusSeconds(1);
    write();
  }

  @Test
  void ask_writtenNowAndThen_isWritten() {
    for (int time = 0; time < 20; time++) {
      write();
      now = now.plusSeconds(31);
    }
  }

  private void write() {
    assertThat(guard.ask(FILE, now)).isEqualTo(Answer.WRITE);
    guard.wrote(FILE, now);
  }
}
