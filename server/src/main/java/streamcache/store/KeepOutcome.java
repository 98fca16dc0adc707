package streamcache.store;

/** What became of the wish to keep a title's file, or no longer. */
public enum KeepOutcome {
  /** The file has the name, or no longer has it. */
  DONE,
  /** Nothing of it is stored. */
  UNKNOWN,
  /** Bytes of it are missing. */
  INCOMPLETE,
  /** The file system has no hard links, or the title is stored in chunks. */
  NO_LINKS,
  /** Other files have the names that it could get. */
  NAME_TAKEN,
  /** Another hard link elsewhere still keeps the file. */
  KEPT_ELSEWHERE,
  /** The disk did not do it. */
  FAILED
}
