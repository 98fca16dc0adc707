package streamcache.origin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a provider's status means if the response is not the film. Pure. */
final class StatusCheck {

  private StatusCheck() {}

  /**
   * The failure that a response means; empty if it may be the film. A 2xx that is not known counts
   * as 200 (RFC 9110 section 15).
   *
   * @param now the time by which a date in Retry-After is judged if the response has no Date
   */
  static Optional<Failure> failure(HopResponse answer, Fetch fetch, Instant now) {
    OptionalInt status = answer.statusFact();
    Optional<Duration> retryAfter = retryAfter(answer, now);
    return switch (answer.status()) {
      case 202, 425 -> Optional.of(new Failure.Busy(status, "not ready yet", retryAfter));
      case 204, 205 -> Optional.of(new Failure.Broken(status, "no content"));
      case 404, 410, 451 -> Optional.of(new Failure.Gone(status, "no such file"));
      case 401, 403 -> Optional.of(new Failure.Denied(status, "refused"));
      case 429, 458, 459, 461, 509 ->
          Optional.of(new Failure.Limit(status, "too many connections or requests", retryAfter));
      case 503 -> Optional.of(new Failure.Busy(status, "busy", retryAfter));
      case 416 -> Optional.of(outOfRange(answer, fetch));
      default ->
          answer.status() / 100 == 2
              ? Optional.empty()
              : Optional.of(new Failure.Broken(status, "status " + answer.status()));
    };
  }

  /** A date counts from the provider's own: its clock and this machine's may differ. */
  private static Optional<Duration> retryAfter(HopResponse answer, Instant now) {
    Instant then = answer.header("Date").flatMap(HttpDate::parse).orElse(now);
    return answer.header("Retry-After").flatMap(value -> RetryAfter.parse(value.strip(), then));
  }

  private static Failure outOfRange(HopResponse answer, Fetch fetch) {
    OptionalLong total =
        answer
            .header("Content-Range")
            .map(ContentRange::totalOfRefusal)
            .orElse(OptionalLong.empty());
    if (total.isPresent() && total.getAsLong() == 0) {
      return new Failure.Fake(answer.statusFact(), "empty");
    }
    boolean isInside = fetch.start() < total.orElse(fetch.start() == 0 ? Long.MAX_VALUE : 0);
    return isInside
        ? new Failure.Broken(answer.statusFact(), "range inside the file refused")
        : new Failure.OutOfRange(answer.statusFact(), "no byte at that offset", total);
  }
}
