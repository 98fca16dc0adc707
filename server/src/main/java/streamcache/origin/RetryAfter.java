package streamcache.origin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Parses the Retry-After header field in both of its forms; pure. */
final class RetryAfter {

  /** A longer time is a fault of the provider but would look like a fault of ours. */
  private static final Duration MOST = Duration.ofDays(1);

  private RetryAfter() {}

  static Optional<Duration> parse(String value, Instant now) {
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))));
    }
    return HttpDate.parse(value).map(then -> bounded(Duration.between(now, then)));
  }

  private static Duration bounded(Duration told) {
    if (told.isNegative()) {
      return Duration.ZERO;
    }
    return told.compareTo(MOST) > 0 ? MOST : told;
  }
}
