package streamcache.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Compares the clock of this machine, as far as somebody else tells a time. */
record ClockCheck(Findings findings) {

  private static final String WHAT = "clock";

  /** A clock before this time is not set; certificates would seem not to be valid yet. */
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  /** Dates have seconds, and an answer takes some. */
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  /** Whether the clock is set at all. */
  void examine(Instant now) {
    findings.say(
        !now.isBefore(BUILT),
        WHAT,
        now.isBefore(BUILT)
            ? "says " + now + "; set it, or the certificates of providers will be rejected"
            : now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /**
   * Compares it with a provider's, if that tells its time.
   *
   * @param now when the response came
   */
  void compare(ProviderAnswer answer, Instant now) {
    long age =
        answer
            .field("age")
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(Long::valueOf)
            .orElse(0L);
    answer
        .field("date")
        .flatMap(ClockCheck::parse)
        .ifPresent(date -> compare(answer.host(), date.plusSeconds(age), now));
  }

  void compare(String host, Instant theirs, Instant now) {
    Duration ahead = Duration.between(theirs, now);
    if (ahead.abs().compareTo(TOLERATED) > 0) {
      findings.bad(
          WHAT,
          "this machine's is %s %s that of %s; let it be set over the network (timedatectl set-ntp"
                  .formatted(
                      Printable.time(ahead.abs().toSeconds()),
                      ahead.isNegative() ? "behind" : "ahead of",
                      host)
              + " true), since links and certificates end by it");
    } else {
      findings.good(WHAT, "agrees with that of " + host);
    }
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip())));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
