package streamcache.origin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The Retry-After header in both of its forms; pure. */
final class RetryAfter {

  /** More than a day is a fault of the provider and would only look like ours. */
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
