package streamcache.playback;

/** Where the bytes of a playback came from, decided when its head is sent. */
public enum Decided {
  /** All bytes came from the store. */
  HIT,
  /** The bytes came from a fetch that another playback began. */
  FOLLOW,
  /** This playback began the fetch. */
  MISS,
  /** The bytes bypassed the store, which takes no bytes. */
  PASS,
  /** A broadcast, of which nothing is stored; players are told {@link #PASS}. */
  LIVE
}
