package streamcache.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.playback.Conditions.Outcome;

/** The precedence of RFC 9110 section 13.2.2. */
final class ConditionsTest {

  private static final String ETAG = "\"abc\"";
  private static final String DATE = "Wed, 21 Oct 2026 07:28:00 GMT";
  private static final String EARLIER = "Tue, 20 Oct 2026 07:28:00 GMT";
  private static final String LATER = "Thu, 22 Oct 2026 07:28:00 GMT";
  private static final Resource FILM =
      new Resource(ETAG, Optional.of(DATE), OptionalLong.of(1000), Long.MAX_VALUE);

  private static Outcome evaluate(String... fields) {
    return Conditions.evaluate(headers(fields), FILM);
  }

  private static Headers headers(String... fields) {
    Headers headers = new Headers();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return headers;
  }

  @Test
  void evaluate_noCondition_isMet() {
    assertThat(evaluate()).isEqualTo(Outcome.MET);
  }

  @Test
  void evaluate_ifMatch_comparesStrongly() {
    assertThat(evaluate("If-Match", ETAG)).isEqualTo(Outcome.MET);
    assertThat(evaluate("If-Match", "*")).isEqualTo(Outcome.MET);
    assertThat(evaluate("If-Match", "\"x\", " + ETAG)).isEqualTo(Outcome.MET);
    assertThat(evaluate("If-Match", "W/" + ETAG)).isEqualTo(Outcome.FAILED);
    assertThat(evaluate("If-Match", "\"x\"")).isEqualTo(Outcome.FAILED);
  }

  @Test
  void evaluate_ifUnmodifiedSince_countsOnlyWithoutIfMatch() {
    assertThat(evaluate("If-Unmodified-Since", DATE)).isEqualTo(Outcome.MET);
    assertThat(evaluate("If-Unmodified-Since", EARLIER)).isEqualTo(Outcome.FAILED);
    assertThat(evaluate("If-Match", ETAG, "If-Unmodified-Since", EARLIER)).isEqualTo(Outcome.MET);
    assertThat(evaluate("If-Unmodified-Since", "not a date")).isEqualTo(Outcome.MET);
  }

  @Test
  void evaluate_ifNoneMatch_comparesWeaklyAndComesBeforeDates() {
    assertThat(evaluate("If-None-Match", ETAG)).isEqualTo(Outcome.NOT_MODIFIED);
    assertThat(evaluate("If-None-Match", "W/" + ETAG)).isEqualTo(Outcome.NOT_MODIFIED);
    assertThat(evaluate("If-None-Match", "\"x\"", "If-Modified-Since", LATER))
        .isEqualTo(Outcome.MET);
  }

  @Test
  void evaluate_ifModifiedSince_comparesDates() {
    assertThat(evaluate("If-Modified-Since", DATE)).isEqualTo(Outcome.NOT_MODIFIED);
    assertThat(evaluate("If-Modified-Since", LATER)).isEqualTo(Outcome.NOT_MODIFIED);
    assertThat(evaluate("If-Modified-Since", EARLIER)).isEqualTo(Outcome.MET);
  }

  /** Found by hand: only the first of the three forms of RFC 9110 section 5.6.7 was parsed. */
  @ParameterizedTest
  @ValueSource(strings = {"Wednesday, 21-Oct-26 07:28:00 GMT", "Wed Oct 21 07:28:00 2026"})
  void evaluate_obsoleteDate_isUnderstood(String date) {
    assertThat(evaluate("If-Modified-Since", date)).isEqualTo(Outcome.NOT_MODIFIED);
    assertThat(evaluate("If-Unmodified-Since", date)).isEqualTo(Outcome.MET);
    String before = date.replace("21", "20");
    assertThat(evaluate("If-Modified-Since", before)).isEqualTo(Outcome.MET);
    assertThat(evaluate("If-Unmodified-Since", before)).isEqualTo(Outcome.FAILED);
  }

  @Test
  void rangeApplies_ifRange_comparesStrongly() {
    assertThat(Conditions.rangeApplies(headers(), FILM)).isTrue();
    assertThat(Conditions.rangeApplies(headers("If-Range", ETAG), FILM)).isTrue();
    assertThat(Conditions.rangeApplies(headers("If-Range", "W/" + ETAG), FILM)).isFalse();
    assertThat(Conditions.rangeApplies(headers("If-Range", "\"x\""), FILM)).isFalse();
    assertThat(Conditions.rangeApplies(headers("If-Range", DATE), FILM)).isTrue();
    assertThat(Conditions.rangeApplies(headers("If-Range", LATER), FILM)).isFalse();
  }
}
