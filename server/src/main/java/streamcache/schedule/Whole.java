package streamcache.schedule;

/** What to do with a whole file that arrives in response to a range request. */
public enum Whole {
  /** Only its facts are wanted. */
  FACTS,
  /** Its connection delivers the title to every reader. */
  TO_THE_END,
  /** Another connection already delivers the title. */
  SUPERFLUOUS,
  /** The If-Range may be the cause: the range is requested again without it. */
  ASK_AGAIN
}
