package streamcache.settings;

import java.time.Duration;

/**
 * How long a player waits, for programs that have no settings, such as the simulator.
 *
 * @param answer for a response (ANSWER_WITHIN)
 * @param place for a response while a connection of the account is in sight (PLACE_WAIT_MAX)
 * @param nextByte between two bytes (FOLLOWER_WAIT_MAX)
 */
public record PlayerWaits(Duration answer, Duration place, Duration nextByte) {

  /** The default settings. */
  public static final PlayerWaits USUAL =
      new PlayerWaits(
          SettingsTable.ANSWER_WITHIN.usual(),
          SettingsTable.PLACE_WAIT_MAX.usual(),
          SettingsTable.FOLLOWER_WAIT_MAX.usual());
}
