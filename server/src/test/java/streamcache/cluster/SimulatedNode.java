package streamcache.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * One node of {@link SimulatedCluster}: the machine of the product, and connections that it opens.
 */
final class SimulatedNode {

  /** What waits to be handled, by time; a process that stands still finds it later. */
  record Due(long time, int order, Runnable event) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(time, other.time);
      return byTime == 0 ? Integer.compare(order, other.order) : byTime;
    }
  }

  private static final Duration COUNTED_AS_BUSY = Duration.ofSeconds(60);

  final ClusterNode self;
  final HomesMachine machine;
  final PriorityQueue<Due> inbox = new PriorityQueue<>();
  ClusterView view = new ClusterView("", List.of());
  boolean isPaused;
  boolean isDead;

  /** The accounts with an open connection, and until when it is needed. */
  final Map<AccountKey, Long> open = new HashMap<>();

  /** When the last connection of an account was closed. */
  final Map<AccountKey, Long> closed = new HashMap<>();

  SimulatedNode(String id, long run, int listed) {
    self = new ClusterNode(id, run, "10.0.0.1", 7800, /* isPrimary= */ false);
    machine = new HomesMachine(self, listed);
  }

  boolean runs() {
    return !isPaused && !isDead;
  }

  Set<AccountKey> busy(long now) {
    Set<AccountKey> busy = new HashSet<>(open.keySet());
    closed.forEach((account, when) -> {
      if (now - when < COUNTED_AS_BUSY.toNanos()) {
        busy.add(account);
      }
    });
    return busy;
  }

  void closeAll(long now) {
    new ArrayList<>(open.keySet()).forEach(account -> close(account, now));
  }

  void close(AccountKey account, long now) {
    open.remove(account);
    closed.put(account, now);
  }

  /** Opens a connection if that is allowed here. */
  void want(AccountKey account, Duration coolDown, long until, long now) {
    boolean isOwnCoolDownOver =
        now - closed.getOrDefault(account, now - coolDown.toNanos()) >= coolDown.toNanos();
    if (!open.containsKey(account)
        && isOwnCoolDownOver
        && machine.mayOpen(account, coolDown, now)) {
      open.put(account, until);
    }
  }

  /** Whether the provider counts a connection of this node. */
  boolean isCounted(AccountKey account, Duration coolDown, long now) {
    Long when = closed.get(account);
    return open.containsKey(account) || (when != null && now - when < coolDown.toNanos());
  }
}
