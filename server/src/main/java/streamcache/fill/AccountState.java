package streamcache.fill;

import java.util.List;
import java.util.OptionalLong;
import streamcache.link.TitleKey;
import streamcache.range.RangeSet;

/**
 * All that a decision about one account rests on, by value: the product and a simulator hand the
 * same to {@link Decision}.
 *
 * @param titles what anybody wants of this account
 */
record AccountState(List<TitleState> titles) {

  /**
   * One title.
   *
   * @param known whether a generation exists, hence facts, and the provider still has its file
   * @param total its length in bytes; empty while unknown
   * @param ranges whether the provider gives ranges of it, as far as known
   * @param most connections the title may have at once; a budget per account takes its place later
   * @param fill whether it is to be completed when nobody needs the line more
   * @param paused left alone for now after a failure: nothing may be opened
   */
  record TitleState(
      TitleKey key,
      boolean known,
      OptionalLong total,
      RangeSet present,
      boolean ranges,
      int most,
      boolean fill,
      boolean paused,
      List<DemandState> demands,
      List<ConnectionState> connections) {

    /** The end of the title, or as far as a long goes while unknown. */
    long end() {
      return total.orElse(Long.MAX_VALUE);
    }
  }

  /**
   * One wish, oldest first in its list.
   *
   * @param position the reader's next byte
   * @param end offset behind the last byte wanted
   * @param blocked whether the reader waits at a hole right now
   * @param factsOnly whether it wants no more than the facts (HEAD)
   */
  record DemandState(long position, long end, boolean blocked, boolean factsOnly) {}

  /**
   * One connection.
   *
   * @param position the next byte it brings
   * @param limit offset it stops at
   * @param rate bytes a second since its first byte; 0 while unknown
   * @param closing told to end, still counted
   */
  record ConnectionState(long id, long position, long limit, long rate, boolean closing) {}
}
