package streamcache.schedule;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The queue for the slots of an account: playbacks that want a pass, and players whose title has no
 * connection. The one that has waited longest comes first, since each could keep requesting for as
 * long as the other gets nothing. Part of an account; times are monotonic nanoseconds.
 */
final class WaitQueue {

  /** The passes and when they began to wait, in order of arrival. */
  private final Map<TrackedPass, Long> waiting = new LinkedHashMap<>();

  void add(TrackedPass pass, long now) {
    waiting.putIfAbsent(pass, now);
  }

  void remove(TrackedPass pass) {
    waiting.remove(pass);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * Returns the pass whose turn it is.
   *
   * @param free the number of free slots
   */
  Optional<TrackedPass> next(int free, Collection<TrackedTitle> titles, long now) {
    return waiting.entrySet().stream()
        .findFirst()
        .filter(first -> free > titlesBefore(first.getValue(), titles, now))
        .map(Map.Entry::getKey);
  }

  /** The number of titles that come before a pass that has waited since {@code since}. */
  private static long titlesBefore(long since, Collection<TrackedTitle> titles, long now) {
    return standing(titles, now).filter(title -> title < since - now).count();
  }

  /** The number of slots that go to passes before a title gets one. */
  int beforeTitles(Collection<TrackedTitle> titles, long now) {
    if (waiting.isEmpty()) {
      return 0;
    }
    long oldest = standing(titles, now).min().orElse(Long.MAX_VALUE);
    return (int) waiting.values().stream().filter(since -> since - now < oldest).count();
  }

  /**
   * For each title that has no connection and is not paused: when the first of its waiting players
   * began to wait, in nanoseconds relative to {@code now}, hence negative.
   */
  private static LongStream standing(Collection<TrackedTitle> titles, long now) {
    return titles.stream()
        .filter(title -> title.connections().isEmpty() && !title.isPaused(now))
        .flatMapToLong(title ->
            title.demands().stream()
                .filter(TrackedDemand::isWaiting)
                .mapToLong(demand -> demand.waitsSince() - now)
                .min()
                .stream());
  }
}
