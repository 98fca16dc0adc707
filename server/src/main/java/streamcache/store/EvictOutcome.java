package streamcache.store;

/** What became of the wish to evict one title. */
public enum EvictOutcome {
  /** Nothing of it is stored any more. */
  EVICTED,
  /** It is being played or fetched. */
  IN_USE,
  /** Its operator has pinned it. */
  PINNED,
  /** Its file has a second name (a hard link), which somebody gave it to keep it. */
  KEPT,
  /** Nothing of it was stored. */
  UNKNOWN,
  /** The disk did not do it. */
  FAILED
}
