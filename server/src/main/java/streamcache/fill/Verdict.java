package streamcache.fill;

import java.time.Duration;

/** What becomes of a title after a connection of it has failed. */
sealed interface Verdict {

  /** Other connections or other readers go on. */
  record GoOn() implements Verdict {}

  /** It is tried again after a pause; whoever waits goes on waiting. */
  record Pause(Duration pause) implements Verdict {}

  /** Whoever waits is told; the title is left alone for a while. */
  record GiveUp(Duration rest) implements Verdict {}
}
