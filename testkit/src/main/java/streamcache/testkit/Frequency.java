package streamcache.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits how often a provider may be asked for one path: request storms get accounts banned, so no
 * test may cause one without declaring it. Any thread.
 */
final class Frequency {

  /**
   * The usual limit within any minute for one path; a film, its seeks and a few failures need far
   * fewer requests.
   */
  static final int USUAL = 60;

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private volatile int most = USUAL;

  void allow(int requestsAMinute, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("more requests need a reason");
    }
    most = requestsAMinute;
  }

  /**
   * @param requests in the order of their heads
   * @throws AssertionError if more than allowed came within a minute
   */
  void check(List<RecordedRequest> requests) {
    int allowed = most;
    Map<String, Deque<Long>> minutes = new HashMap<>();
    for (RecordedRequest request : requests) {
      Deque<Long> minute = minutes.computeIfAbsent(title(request), _ -> new ArrayDeque<>());
      minute.add(request.nanos());
      while (request.nanos() - minute.getFirst() > MINUTE) {
        minute.removeFirst();
      }
      if (minute.size() > allowed) {
        throw new AssertionError(
            "more than %d requests within a minute for %s; the last: %s"
                .formatted(allowed, title(request), request));
      }
    }
  }

  /** Returns the path, also for an address that is handed out only once. */
  private static String title(RecordedRequest request) {
    return request.path().replaceFirst("^/token/[0-9]+/[0-9]+", "");
  }
}
