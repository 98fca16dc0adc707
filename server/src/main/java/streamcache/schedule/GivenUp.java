package streamcache.schedule;

import java.util.LinkedHashMap;
import streamcache.link.TitleKey;

/**
 * The failure history of titles that were given up and that nobody currently wants; a player may
 * return. Part of an account.
 */
final class GivenUp {

  /**
   * Beyond this number, the oldest entry is dropped, and its title is requested as if it had never
   * failed.
   */
  private static final int MOST = 256;

  private final Retry retry;
  private final LinkedHashMap<TitleKey, RetryState> states = new LinkedHashMap<>();

  /**
   * @param retry decides on the pauses of titles
   */
  GivenUp(Retry retry) {
    this.retry = retry;
  }

  void remember(TrackedTitle title) {
    if (!title.retry().areToBeKept()) {
      return;
    }
    states.putLast(title.key(), title.retry());
    if (states.size() > MOST) {
      states.pollFirstEntry();
    }
  }

  /** Removes and returns the failure history of a title. */
  RetryState take(TitleKey title, long now) {
    RetryState known = states.remove(title);
    return known == null || known.areOld(now) ? new RetryState(retry, now) : known;
  }
}
