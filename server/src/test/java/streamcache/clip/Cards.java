package streamcache.clip;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;

/** Cards for tests: an ordinary one, and the worst cases for titles. */
final class Cards {

  private static final ZonedDateTime TIME = ZonedDateTime.parse("2026-01-02T03:04:05Z");

  private Cards() {}

  static Card plain() {
    return titled("Casablanca (1942).mkv");
  }

  static Card titled(String title) {
    return card(title, Card.STANDARD_LENGTH);
  }

  static Card lasting(Duration length) {
    return card("Casablanca (1942).mkv", length);
  }

  private static Card card(String title, Duration length) {
    return new Card(
        title,
        "provider.example",
        "The account is in use elsewhere",
        "The provider allows no further connection now; try again in a minute.",
        List.of("Requested in Seerr"),
        TIME,
        "0123456789ab",
        length);
  }

  /** A card with every line at its maximum length. */
  static Card full() {
    return full("Wg@# ".repeat(60));
  }

  /** A card with the same text everywhere. */
  static Card full(String text) {
    return new Card(
        text, text, text, text, List.of(text, text, text), TIME, text, Card.STANDARD_LENGTH);
  }
}
