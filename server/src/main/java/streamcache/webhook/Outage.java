package streamcache.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;

/**
 * Failures of a provider in a row. Pure.
 *
 * @param isSilent whether one of them was no answer at all, which is about no title
 * @param titles that failed, two at most
 */
record Outage(Instant first, Instant last, int failures, boolean isSilent, Set<TitleKey> titles) {

  private static final int ENOUGH = 3;

  /** A player's and a person's tries within a minute are one sign, not several. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

  /** Failures further apart than this have little to do with each other. */
  private static final Duration TOGETHER = Duration.ofHours(1);

  Outage {
    titles = Set.copyOf(titles);
  }

  static Outage begun(Instant at) {
    return new Outage(at, at, 0, /* isSilent= */ false, Set.of());
  }

  Outage and(Sighting.Failed failed) {
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

  /** One film that a provider cannot send is no outage. */
  boolean isDown() {
    boolean isGeneral = isSilent || titles.size() > 1;
    return failures >= ENOUGH && isGeneral && !first.plus(LONG_ENOUGH).isAfter(last);
  }
}
