package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * The User-Agent that works for an account: that of the last request that the provider accepted.
 * Part of an account; times are monotonic nanoseconds.
 */
final class AccountAgent {

  /**
   * After this many refusals in a row that another agent did not cure, another agent is tried only
   * rarely.
   */
  private static final int TRUE_REFUSALS = 3;

  /** Keeps a library with a thousand dead links from requesting each of them twice. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /**
   * No player sends a longer one. A longer one is not remembered, so that it cannot fill memory.
   */
  private static final int LONGEST_AGENT = 256;

  private final Effects effects;
  private Optional<String> worked;

  /** How often in a row another agent was refused as well. */
  private int vain;

  private long lastVain;

  /**
   * @param worked the agent that worked in an earlier run
   */
  AccountAgent(Optional<String> worked, Effects effects) {
    this.worked = worked;
    this.effects = effects;
  }

  /** Empty until an agent has been accepted. */
  Optional<String> worked() {
    return worked;
  }

  /** Whether a refused request may be retried with another agent. */
  boolean mayTryAnother(long now) {
    return vain < TRUE_REFUSALS || now - lastVain >= PAUSE.toNanos();
  }

  /** A second agent was refused like the first: the cause is the title or the account. */
  void vain(long now) {
    vain++;
    lastVain = now;
  }

  /**
   * @param wasAnother whether another agent was refused before this one
   */
  void accepted(String agent, boolean wasAnother) {
    if (wasAnother) {
      vain = 0;
    }
    if (!worked.equals(Optional.of(agent)) && agent.length() <= LONGEST_AGENT) {
      worked = Optional.of(agent);
      effects.add(new Effect.LearnAgent(agent));
    }
  }
}
