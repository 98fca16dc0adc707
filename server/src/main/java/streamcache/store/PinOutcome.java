package streamcache.store;

/** What became of the wish to pin a title, or to unpin it. */
public enum PinOutcome {
  DONE,
  /** Nothing of it is stored. */
  UNKNOWN,
  /** The disk did not keep it. */
  FAILED
}
