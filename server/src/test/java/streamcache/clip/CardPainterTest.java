package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line on the clip that refers to the log. */
final class CardPainterTest {

  @ParameterizedTest
  @CsvSource({
    "2026-07-02T20:04:05+02:00[Europe/Berlin], 2026-07-02 20:04:05 +02:00",
    "2026-01-02T20:04:05Z, 2026-01-02 20:04:05 UTC",
  })
  void moment_isTheTimeOfTheClockOnTheWall(String time, String shown) {
    Card card =
        new Card(
            "t", "p", "h", "m", List.of(), ZonedDateTime.parse(time), "r1", Card.STANDARD_LENGTH);

    assertThat(CardPainter.moment(card)).isEqualTo(shown + "  ·  request r1");
  }
}
