package streamcache.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes have confirmed, not long ago, that they count on this one. Each node sends its own
 * time every second, and the others send it back: what counts is when the confirmed message was
 * sent, not when the confirmation was read, so that a process that was stopped does not take old
 * confirmations for new ones. Used under the lock of its owner; times are monotonic nanoseconds.
 */
final class Lease {

  /** How long a confirmation counts. A node that has too few closes its connections. */
  static final Duration TERM = Duration.ofSeconds(6);

  private final ClusterNode self;

  /** The last stamp of each other node of the view, by its run. */
  private final Map<Long, Long> seen = new HashMap<>();

  /** Our last stamp that each node has sent back, by its id. */
  private final Map<String, Long> confirmed = new HashMap<>();

  Lease(ClusterNode self) {
    this.self = self;
  }

  /** Nodes that are not in the view are confirmed no longer. */
  void viewed(ClusterView view) {
    seen.keySet().removeIf(run -> view.nodes().stream().noneMatch(node -> node.run() == run));
  }

  void received(ClusterNode from, ClusterMessage.Beat beat) {
    seen.put(from.run(), beat.stamp());
    Long own = beat.echoes().get(self.run());
    if (own != null) {
      confirmed.merge(from.id(), own, Math::max);
    }
  }

  /** What to send back. */
  Map<Long, Long> echoes() {
    return Map.copyOf(seen);
  }

  /** The nodes whose confirmation counts now, and this one. */
  Set<String> fresh(long now) {
    Set<String> fresh = new HashSet<>(Set.of(self.id()));
    confirmed.forEach((node, stamp) -> {
      if (now - stamp <= TERM.toNanos()) {
        fresh.add(node);
      }
    });
    return fresh;
  }
}
