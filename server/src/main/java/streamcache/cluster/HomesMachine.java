package streamcache.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts this node may use. All state and every rule; reads no clock, starts no thread and
 * sends nothing. Used under the lock of its owner; times are monotonic nanoseconds.
 *
 * <p>A view begins with a report of each node about the accounts that it uses. Until all of them
 * are there, a node uses what it had reported itself and nothing else; then each account has one
 * home, which no node computes differently ({@link HomeTable}). A node uses no account at all
 * without the {@link Quorum}, or without the confirmations of enough nodes ({@link Lease}); it then
 * closes its connections. What a node that is gone may have open is left alone for a while ({@link
 * LostNodes}).
 */
final class HomesMachine {

  /** Reports of views that this node has not seen yet are kept for this many views. */
  private static final int EARLY_VIEWS = 8;

  private final ClusterNode self;
  private final Quorum quorum;
  private final Lease lease;
  private final LostNodes lost = new LostNodes();
  private @Nullable ClusterView view;
  private String previous = "";

  /** What each node has reported, by view and by the node's id. */
  private final Map<String, Map<String, ClusterMessage.Report>> reports =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<String, Map<String, ClusterMessage.Report>> eldest) {
          return size() > EARLY_VIEWS;
        }
      };

  /** Null until all nodes of the view have reported. */
  private @Nullable HomeTable table;

  /** The table of the view before; null if that was not settled. */
  private @Nullable HomeTable before;

  /** The accounts that this node has reported for the view: it keeps them. */
  private final Set<AccountKey> kept = new HashSet<>();

  /**
   * The accounts for which a connection was permitted since this node last had to close them all:
   * only these may have one.
   */
  private final Set<AccountKey> permitted = new HashSet<>();

  private boolean mayKeep;
  private boolean isQuorate;

  /** Whether connections may be open. */
  private boolean isHolding;

  /** When this node had to close connections; null if it never had. */
  private @Nullable Long closedAt;

  /** Until then, connections that other nodes had to close may count; null if there are none. */
  private @Nullable Long othersClosedUntil;

  /**
   * @param listed the number of nodes that the settings list
   */
  HomesMachine(ClusterNode self, int listed) {
    this.self = self;
    this.quorum = new Quorum(listed);
    this.lease = new Lease(self);
  }

  /**
   * A view begins. Nothing may be opened until {@link #report} says what is kept.
   *
   * @return whether all connections must be closed
   */
  boolean viewed(ClusterView next, long now) {
    boolean isFresh = isConfirmed(now);
    ClusterView last = view;
    if (last != null) {
      for (ClusterNode node : last.nodes()) {
        if (next.nodes().stream().noneMatch(each -> each.run() == node.run())) {
          lost.lose(node, table, now);
        }
      }
      previous = last.number();
    }
    lost.viewed(next);
    lease.viewed(next);
    before = table;
    table = null;
    view = next;
    mayKeep = isHolding && isFresh && quorum.isIn(next) && !next.hasTwins();
    isQuorate = mayKeep;
    return !mayKeep && lets(now);
  }

  /**
   * What to tell the other nodes.
   *
   * @param busy the accounts that this node uses
   */
  ClusterMessage.Report report(Set<AccountKey> busy, Map<String, String> settings, long now) {
    Set<AccountKey> own = new HashSet<>(mayKeep ? busy : Set.of());
    HomeTable then = before;
    own.removeIf(account -> then == null ? !kept.contains(account) : !isHere(then.home(account)));
    own.retainAll(permitted);
    kept.clear();
    kept.addAll(own);
    permitted.retainAll(own);
    Long closed = closedAt;
    long closedFor =
        closed == null ? 0 : Math.max(0, closed + LostNodes.CLOSED.toNanos() - now) / 1_000_000;
    return new ClusterMessage.Report(
        current().number(), previous, own, closedFor, lost.told(now), settings);
  }

  /**
   * A node, perhaps this one, has reported.
   *
   * @return whether all connections must be closed
   */
  boolean reported(ClusterNode from, ClusterMessage.Report report, long now) {
    reports.computeIfAbsent(report.view(), _ -> new HashMap<>()).put(from.id(), report);
    ClusterView present = view;
    if (present == null || !report.view().equals(present.number()) || table != null) {
      return false;
    }
    Map<String, ClusterMessage.Report> told = reports.getOrDefault(present.number(), Map.of());
    return told.keySet().containsAll(present.ids()) && settle(present, told, now);
  }

  private boolean settle(ClusterView agreed, Map<String, ClusterMessage.Report> told, long now) {
    Map<String, Set<AccountKey>> busy = new HashMap<>();
    told.forEach((node, report) -> busy.put(node, report.busy()));
    HomeTable homes = HomeTable.of(agreed, busy);
    told.forEach((node, report) -> {
      if (!node.equals(self.id())) {
        hear(agreed, report, now);
      }
    });
    boolean isFirst = told.values().stream().allMatch(report -> report.previous().isEmpty());
    lost.settle(isFirst, quorum.hasAll(agreed), now);
    table = homes;
    isQuorate = quorum.isIn(agreed) && !agreed.hasTwins();
    if (isQuorate) {
      quorum.settle(agreed);
    }
    boolean isTaken = kept.removeIf(account -> !isHere(homes.home(account)));
    boolean mustClose = (isTaken || !isQuorate) && lets(now);
    isHolding = isQuorate && isConfirmed(now);
    return mustClose;
  }

  private void hear(ClusterView agreed, ClusterMessage.Report report, long now) {
    long until = now + report.closedFor() * 1_000_000;
    othersClosedUntil =
        othersClosedUntil == null || until - othersClosedUntil > 0 ? until : othersClosedUntil;
    if (!report.previous().equals(previous)) {
      report.lost().stream()
          .filter(loss -> !agreed.holds(loss.node()))
          .forEach(loss -> lost.hear(loss, now));
    }
  }

  /** Nothing is kept from now on; returns whether there was anything. */
  private boolean lets(long now) {
    boolean had = isHolding;
    if (had) {
      closedAt = now;
    }
    isHolding = false;
    kept.clear();
    permitted.clear();
    return had;
  }

  void received(ClusterNode from, ClusterMessage.Beat beat) {
    lease.received(from, beat);
  }

  /** What to send every second, and when a view begins. */
  ClusterMessage.Beat beat(long now) {
    ClusterView present = view;
    return new ClusterMessage.Beat(present == null ? "" : present.number(), now, lease.echoes());
  }

  /** The process of that run has ended, as a broken connection has shown. */
  void died(long run, long now) {
    lost.died(run, now);
  }

  /** The node has closed its connections and leaves. */
  void leaves(ClusterNode node, long now) {
    lost.died(node.run(), now);
    quorum.left(node.id());
  }

  /**
   * To be called often.
   *
   * @return whether all connections must be closed
   */
  boolean tick(long now) {
    if (isConfirmed(now)) {
      isHolding |= table != null && isQuorate;
      return false;
    }
    return lets(now);
  }

  private boolean isConfirmed(long now) {
    ClusterView present = view;
    return present != null && quorum.isAmong(present, lease.fresh(now));
  }

  /**
   * Whether this node may open a connection of the account now.
   *
   * @param coolDown how long the provider counts a closed connection, as far as known here
   */
  boolean mayOpen(AccountKey account, Duration coolDown, long now) {
    boolean may = isQuorate && isConfirmed(now) && isOurs(account, coolDown, now);
    if (may) {
      isHolding = true;
      permitted.add(account);
    }
    return may;
  }

  private boolean isOurs(AccountKey account, Duration coolDown, long now) {
    HomeTable homes = table;
    if (homes == null || kept.contains(account)) {
      return kept.contains(account);
    }
    Duration longer = coolDown.minus(LostNodes.CLOSED);
    Duration extra = longer.isNegative() ? Duration.ZERO : longer;
    Long closed = othersClosedUntil;
    boolean isClosed = closed == null || now - closed - extra.toNanos() >= 0;
    return isHere(homes.home(account)) && isClosed && lost.isFree(account, extra, now);
  }

  /** Where the account is; unsettled also while this node is its home and may not use it. */
  HomePlace place(AccountKey account, long now) {
    HomeTable homes = table;
    if (homes == null) {
      return kept.contains(account) ? new HomePlace.Here() : new HomePlace.Unsettled();
    }
    ClusterNode home = homes.home(account);
    if (!isHere(home)) {
      return new HomePlace.There(home);
    }
    return isInCharge(now) ? new HomePlace.Here() : new HomePlace.Unsettled();
  }

  private boolean isHere(ClusterNode node) {
    return node.run() == self.run();
  }

  private ClusterView current() {
    ClusterView present = view;
    if (present == null) {
      throw new IllegalStateException("no view has begun");
    }
    return present;
  }

  /** The nodes that see each other; empty before this node has joined. */
  List<ClusterNode> nodes() {
    ClusterView present = view;
    return present == null ? List.of() : present.nodes();
  }

  /** The nodes that this one sees, without it. */
  List<ClusterNode> others() {
    return nodes().stream().filter(node -> node.run() != self.run()).toList();
  }

  /** Whether this node may use accounts at all. */
  boolean isInCharge(long now) {
    return isQuorate && isConfirmed(now);
  }

  /** Whether all nodes of the view have reported. */
  boolean isSettled() {
    return table != null;
  }
}
