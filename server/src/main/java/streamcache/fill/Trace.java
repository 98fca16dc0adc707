package streamcache.fill;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import streamcache.schedule.AccountEvent;

/**
 * The last events of an account, for the log when its machine fails. Guarded by the account's lock.
 */
final class Trace {

  private static final int MOST = 64;

  private final Deque<Object> last = new ArrayDeque<>(MOST);

  void add(AccountEvent event) {
    if (last.size() == MOST) {
      last.removeFirst();
    }
    last.addLast(noted(event));
  }

  /**
   * The event, or its kind and numbers: an event must not keep a playback's objects alive, and
   * nothing of a link is logged.
   */
  private static Object noted(AccountEvent event) {
    return switch (event) {
      case AccountEvent.DemandCame came ->
          "DemandCame[demand=" + came.demand() + ", title=" + came.title() + "]";
      case AccountEvent.PassWanted wanted ->
          "PassWanted[pass=" + wanted.pass() + ", demand=" + wanted.demand() + "]";
      case AccountEvent.ConnectionMade made ->
          "ConnectionMade[connection=" + made.connection() + "]";
      default -> event;
    };
  }

  @Override
  public String toString() {
    return last.stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
