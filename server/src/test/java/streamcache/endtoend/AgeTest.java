package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Script;

/** What a response says about its own time, and what follows from the time of the provider's. */
final class AgeTest {

  private static final Content FILM = Content.of(3, 200_000);

  /** Seconds; with what is added below still too few for the film to be asked for again. */
  private static final int LEAD = 15;

  private static final String MODIFIED = "Thu, 01 Jan 2026 00:00:00 GMT";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500           | 500",
        "0             | 0",
        "007           | 7",
        "10, 20        | 10",
        "-1            | 0",
        "1.5           | 0",
        "1 day         | 0",
        "'\"5\"'       | 0",
        "2147483648    | 2147483648",
        "2147483649    | 2147483648",
        "9999999999999999999999 | 2147483648",
      })
  void age_ofTheProvidersAnswer_isAdded(String written, long age) throws IOException {
    // The store has the time of the system, which must not run ahead of this clock.
    FakeClock clock = new FakeClock().setWall(Instant.now().plusSeconds(LEAD));
    try (Rig rig = Rig.at(clock, Rig.fill())) {
      rig.serve("/film.mkv", Script.of(FILM).header("Age", written));
      assertThat(age(rig.get("/film.mkv"))).isBetween(age, age + LEAD);
      assertThat(age(rig.get("/film.mkv", "Range: bytes=0-9"))).isBetween(age, age + LEAD);
      assertThat(age(rig.head("/film.mkv"))).isBetween(age, age + LEAD);
      long before = age(rig.get("/film.mkv"));

      clock.advance(Duration.ofSeconds(10));

      assertThat(age(rig.get("/film.mkv", "Range: bytes=0-9"))).isEqualTo(before + 10);
      rig.restart();
      assertThat(age(rig.get("/film.mkv", "Range: bytes=0-9"))).isEqualTo(before + 10);
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  @Test
  void age_severalHops_isThatOfTheFilm() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.serve("/link", Script.redirect("/film.mkv").header("Age", "900"))
          .serve("/film.mkv", Script.of(FILM));

      assertThat(age(rig.get("/link"))).isLessThan(900);
    }
  }

  private static long age(Answer answer) {
    assertThat(answer.headers().values("Age")).hasSize(1);
    return Long.parseLong(answer.header("Age").orElseThrow());
  }

  /**
   * A file that was changed within the minute before the response may have been changed again
   * since, within the same second: its date does not vouch for its bytes (RFC 9110 section
   * 8.8.2.2).
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Thu, 01 Jan 2026 00:00:00 GMT | 200",
        "Thu, 01 Jan 2026 00:00:01 GMT | 200",
        "Thu, 01 Jan 2026 00:00:59 GMT | 200",
        "Thu, 01 Jan 2026 00:01:00 GMT | 206",
        "Thu, 01 Jan 2026 00:01:01 GMT | 206",
        "Thursday, 01-Jan-26 00:00:01 GMT | 200",
        "Thursday, 01-Jan-26 00:01:00 GMT | 206",
        "Wed, 31 Dec 2025 23:59:00 GMT | 200",
        "no date | 206",
        "'' | 206",
      })
  void ifRange_dateOfTheFile_appliesIfItIsOlderThanTheAnswer(String date, int status)
      throws IOException {
    try (Rig rig = Rig.start()) {
      Script script = Script.of(FILM).lastModified(MODIFIED);
      rig.serve("/film.mkv", date.isEmpty() ? script.without("Date") : script.header("Date", date));
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      for (int run = 0; run < 2; run++) {
        Answer answer = rig.get("/film.mkv", "Range: bytes=5-9", "If-Range: " + MODIFIED);
        assertThat(answer.status()).isEqualTo(status);
        answer.check(FILM, status == 206 ? 5 : 0, status == 206 ? 10 : FILM.length());
        String etag = answer.header("ETag").orElseThrow();
        rig.get("/film.mkv", "Range: bytes=5-9", "If-Range: " + etag).check(FILM, 5, 10);
        rig.restart();
      }
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  /** Without the provider's date, that of the arrival counts (RFC 9110 section 6.6.1). */
  @ParameterizedTest
  @CsvSource({"-60, 200", "0, 200", "30, 200", "90, 206", "86400, 206"})
  void ifRange_answerWithoutDate_countsFromItsArrival(int secondsAgo, int status)
      throws IOException {
    String modified =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().minusSeconds(secondsAgo).atZone(ZoneId.of("GMT")));
    try (Rig rig = Rig.start()) {
      rig.serve("/film.mkv", Script.of(FILM).lastModified(modified).without("Date"));
      rig.get("/film.mkv");

      assertThat(rig.get("/film.mkv", "Range: bytes=5-9", "If-Range: " + modified).status())
          .isEqualTo(status);
    }
  }
}
