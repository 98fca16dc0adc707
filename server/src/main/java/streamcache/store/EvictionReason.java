package streamcache.store;

/** Why a title comes next when space is needed. */
public enum EvictionReason {
  /** It is larger than the cache, and its players have read past these bytes. */
  BEHIND_READER,
  /** Only its beginning is left, and it was read longer ago than the other beginnings. */
  HEAD,
  /** Of all bodies, a byte of it is worth least: by plays, last play, size and what was watched. */
  LEAST_WORTH,
  /** It was read within the last minutes; it goes only if all others are not enough. */
  RECENT,
  /** It was read longer ago than the others. */
  LEAST_RECENT
}
