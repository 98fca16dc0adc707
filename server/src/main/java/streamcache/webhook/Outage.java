package streamcache.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;

/**
 * Consecutive failures of a provider. Pure.
 *
 * @param isSilent whether one of them was no response at all, which does not depend on the title
 * @param titles titles that failed, two at most
 */
record Outage(Instant first, Instant last, int failures, boolean isSilent, Set<TitleKey> titles) {

  private static final int ENOUGH = 3;

  /** Retries by a player and by a person within a minute count as one sign, not as several. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

  /** Failures further apart than this are treated as unrelated. */
  private static final Duration TOGETHER = Duration.ofHours(1);

  Outage {
    titles = Set.copyOf(titles);
  }

  static Outage begun(Instant at) {
    return new Outage(at, at, 0, /* isSilent= */ false, Set.of());
  }

  Outage and(AlertEvent.Failed failed) {
    boolean isSilence =
        failed.failure() instanceof Failure.Unreachable || failed.failure() instanceof Failure.Slow;
    Outage before = last.plus(TOGETHER).isBefore(failed.at()) ? begun(failed.at()) : this;
    Set<TitleKey> both = new HashSet<>(before.titles);
    if (both.size() < 2) {
      both.add(failed.key());
    }
    return new Outage(
        before.first, failed.at(), before.failures + 1, before.isSilent || isSilence, both);
  }

  /** A single title that a provider cannot send is not an outage. */
  boolean isDown() {
    boolean isGeneral = isSilent || titles.size() > 1;
    return failures >= ENOUGH && isGeneral && !first.plus(LONG_ENOUGH).isAfter(last);
  }
}
