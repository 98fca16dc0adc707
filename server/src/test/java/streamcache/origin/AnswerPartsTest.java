package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerPartsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void contentRange_wellFormed_parsed() {
    assertThat(ContentRange.parse("bytes 5-9/20"))
        .contains(new ContentRange(5, 10, OptionalLong.of(20)));
    assertThat(ContentRange.parse("bytes 5-9/*"))
        .contains(new ContentRange(5, 10, OptionalLong.empty()));
    assertThat(ContentRange.parse("bytes 0-4999999999/5000000000")).isPresent();
  }

  /** Found in the wild (b06). */
  @ParameterizedTest
  @CsvSource({
    "bytes=5-9/20, 20",
    "bytes:5-9/20, 20",
    "'bytes: 5-9/20', 20",
    "'bytes = 5-9/20', 20",
    "5-9/20, 20",
    "'  BYTES  5 - 9 / 20 ', 20",
    "bytes 5-9/10, 10",
    "bytes 5-10/10, 10",
    "bytes 5-9, -1",
    "bytes=5-9, -1",
    "bytes 5-9/, -1",
    "bytes 5-9/0, -1",
    "bytes 5-9/-1, -1",
    "bytes=5-9/*, -1",
  })
  void contentRange_oddlyWritten_parsed(String value, long total) {
    OptionalLong known = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
    assertThat(ContentRange.parse(value)).contains(new ContentRange(5, 10, known));
  }

  @Test
  void contentRange_ofARefusal_oddlyWritten_parsed() {
    for (String value :
        List.of("bytes */20", "bytes=*/20", "bytes: */20", "*/20", " bytes * / 20")) {
      assertThat(ContentRange.totalOfRefusal(value)).as(value).hasValue(20);
    }
    assertThat(ContentRange.totalOfRefusal("bytes */*")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes 5-4/20",
        "bytes 5-21/20",
        "bytes 20-20/20",
        "bits 5-9/20",
        "bytes 5-/20",
        "bytes -5/20",
        "bytes */20",
        "items 5-9/20",
        "bytes 5-9/20, bytes 1-2/20",
        "bytes 5-99999999999999999999/*"
      })
  void contentRange_malformedOrImpossible_refused(String value) {
    assertThat(ContentRange.parse(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "120, 120",
    "999999999, 86400",
    "'Sun, 01 Mar 2026 00:00:30 GMT', 30",
    "'Sat, 28 Feb 2026 00:00:00 GMT', 0",
    "'Sun, 01 Mar 2036 00:00:00 GMT', 86400",
  })
  void retryAfter_secondsOrDate_bounded(String value, long seconds) {
    assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "12345678901234567890"})
  void retryAfter_nonsense_ignored(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }
}
