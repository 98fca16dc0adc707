package streamcache.settings;

/** Who gets a video. */
public enum ErrorVideoPolicy {
  /** Nobody: all clients get the error status. */
  OFF,
  /** Players that people watch with. */
  PLAYERS,
  /** Media servers and their tools as well. */
  ALL
}
