package streamcache.playback;

/** Where the bytes of a playback came from, decided when its head is sent. */
public enum Decided {
  /** All from the store. */
  HIT,
  /** From a fetch that others had begun. */
  FOLLOW,
  /** This playback began the fetch. */
  MISS,
  /** Past the store, which takes no bytes. */
  PASS
}
