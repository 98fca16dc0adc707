package streamcache.fill;

/** What becomes of a whole file that comes in answer to a stretch of it. */
enum Whole {
  /** Nobody wants more than its facts. */
  FACTS,
  /** It is the one connection that brings the title to everybody. */
  TO_THE_END,
  /** Another connection brings the title already. */
  SUPERFLUOUS
}
