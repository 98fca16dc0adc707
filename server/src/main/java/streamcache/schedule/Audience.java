package streamcache.schedule;

/** Who waits for a title while its provider fails. */
enum Audience {
  /** Nobody: the title is only being completed, or its players have enough stored ahead. */
  NOBODY,
  /** A player that has received nothing yet and must soon be sent a response. */
  NEWCOMER,
  /** A player in the middle of a title, which waits until the failure passes. */
  VIEWER
}
