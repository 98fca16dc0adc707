package streamcache.bench.explore;

/**
 * What happens to this machine while it serves one account.
 *
 * @param storeFull from when to when the store accepts nothing; never if both are equal
 * @param jumpsAt when the machine sleeps for an hour, in seconds; 0: never
 * @param restartsAt when the process is killed and starts again with what it had learned, in
 *     seconds; 0: never
 * @param noThreadShare of the connections that get no thread, or no slot within the limit of all
 *     accounts
 * @param fillsForbidden from when to when nothing may be fetched in the background, as outside of
 *     {@code FILL_HOURS}; never if both are equal
 */
record Mishaps(
    Span storeFull, double jumpsAt, double restartsAt, double noThreadShare, Span fillsForbidden) {

  /** Start and end in seconds. */
  record Span(double from, double to) {
    boolean holds(double at) {
      return from <= at && at < to;
    }
  }

  static final Mishaps NONE =
      new Mishaps(
          new Span(0, 0),
          /* jumpsAt= */ 0,
          /* restartsAt= */ 0,
          /* noThreadShare= */ 0,
          new Span(0, 0));
}
