package streamcache.schedule;

/** When a side query may begin. */
public enum SideQueryTurn {
  /** While no other connection of the account is open or counted. */
  ALONE,

  /** Also beside players, if one slot more is free than they may need soon. */
  BESIDE_PLAYERS
}
