package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * What connections have taught about a provider, kept across restarts.
 *
 * @param firstByte seconds from the start of a connection to its first byte; 0 while unknown
 * @param rate bytes per second of one connection; 0 while unknown
 * @param coolDown how long it counts a closed connection; zero while it is not known to count any
 * @param coolDownAge time since that was learned
 * @param limit the connection limit; empty unless one below the configured limit was met
 */
public record Learned(
    double firstByte, double rate, Duration coolDown, Duration coolDownAge, Optional<Limit> limit) {

  /** The value for a provider that was never contacted. */
  public static final Learned NONE =
      new Learned(0, 0, Duration.ZERO, Duration.ZERO, Optional.empty());

  /**
   * @param connections connections that the provider accepts
   * @param patience time until one more is tried
   * @param age time since the last refusal
   */
  public record Limit(int connections, Duration patience, Duration age) {}
}
