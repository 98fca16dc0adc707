package streamcache.settings;

/** Which clients need a signed or sealed link. */
public enum RequireSigned {
  /** None: anyone who reaches the port can have anything fetched. */
  OFF,
  /** All except loopback and private addresses. */
  PUBLIC,
  /** All. */
  ALWAYS
}
