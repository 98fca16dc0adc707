package streamcache.schedule;

import java.time.Duration;

/** What happens to a title after its only connection has failed. */
sealed interface RetryDecision {

  /** The title is retried after a pause; its players keep waiting. */
  record Pause(Duration pause) implements RetryDecision {}

  /** The failure is reported to its players, and the title rests for a while. */
  record GiveUp(Duration rest) implements RetryDecision {}
}
