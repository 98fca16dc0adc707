package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The periods of each span. */
final class HistorySpanTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-11-30T22:59:30Z");

  @Test
  void borders_ofEachSpan_endAfterNow() {
    assertThat(HistorySpan.HOUR.borders(NOW, BERLIN)).hasSize(61);
    assertThat(HistorySpan.DAY.borders(NOW, BERLIN)).hasSize(25);
    List<Instant> days = HistorySpan.MONTH.borders(NOW, BERLIN);
    assertThat(days).hasSize(32).last().isEqualTo(Instant.parse("2026-11-30T23:00:00Z"));
    assertThat(days).first().isEqualTo(Instant.parse("2026-10-30T23:00:00Z"));
    List<Instant> months = HistorySpan.YEAR.borders(NOW, BERLIN);
    assertThat(months).hasSize(13).first().isEqualTo(Instant.parse("2025-11-30T23:00:00Z"));
    assertThat(months).contains(Instant.parse("2026-06-30T22:00:00Z"));
  }

  /** On 25 October 2026, 2 o'clock comes twice. */
  @Test
  void borders_whereClocksGoBack_rise() {
    Instant after = Instant.parse("2026-10-25T10:30:00Z");
    for (HistorySpan span : HistorySpan.values()) {
      assertThat(span.borders(after, BERLIN)).isSorted().doesNotHaveDuplicates();
    }
    assertThat(HistorySpan.DAY.borders(after, BERLIN)).hasSize(25);
  }
}
