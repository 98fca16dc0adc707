package streamcache.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How much the server logs, which its operator may change while it runs. Any thread. */
public interface LogLevel {

  /** The levels, from the fewest lines to the most. */
  List<String> WORDS = List.of("error", "warn", "info", "debug");

  /** One of {@link #WORDS}. */
  String now();

  /** The level of the settings. */
  String configured();

  /** How long until that returns; empty if it does not by itself. */
  Optional<Duration> rest();

  /**
   * Logs at another level from now on.
   *
   * @param level one of {@link #WORDS}
   * @param time after which the configured level returns; empty: at the next start
   */
  void set(String level, Optional<Duration> time);
}
