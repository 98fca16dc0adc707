package streamcache.store;

/** What keeps a title from eviction. */
public enum EvictionObstacle {
  /** It is being played or fetched. */
  IN_USE,
  /** Its operator has pinned it. */
  PINNED,
  /** Its file has a second name (a hard link), which somebody gave it to keep it. */
  KEPT
}
