package streamcache.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that are gone, and for how long their connections may still be open or be counted by
 * providers. Used under the lock of its owner; times are monotonic nanoseconds.
 */
final class LostNodes {

  /**
   * After the death of a process was seen, or it has left: its system has closed its connections,
   * and providers have to notice.
   */
  static final Duration CLOSED = Duration.ofMillis(1500);

  /**
   * After nothing is known but silence. By then, a node that runs has closed its connections, since
   * its {@link Lease} has ended; the rest is for the close to reach the provider.
   */
  static final Duration SILENT = Lease.TERM.multipliedBy(2);

  /** A connection that broke shows the death only of a node that leaves the view soon after. */
  private static final Duration EVIDENCE = Duration.ofSeconds(5);

  /** Stands for nodes that may have run before these, and that are not there. */
  private static final String UNKNOWN = "";

  /**
   * A node that is gone.
   *
   * @param homes where accounts were when it was lost; null if it may have had any
   * @param since when the others had agreed on what they hold; null before that
   */
  private record Lost(
      String id, long run, @Nullable HomeTable homes, Duration term, @Nullable Long since) {

    boolean mayHave(AccountKey account) {
      return homes == null || homes.home(account).id().equals(id);
    }

    long until() {
      return since == null ? Long.MAX_VALUE : since + term.toNanos();
    }

    Lost after(Duration other) {
      return new Lost(id, run, homes, other, since);
    }
  }

  private final List<Lost> lost = new ArrayList<>();

  /** When the process of each run was seen to end. */
  private final Map<Long, Long> deaths = new HashMap<>();

  /** A node is not in the new view; {@code homes} is null if the last view was not settled. */
  void lose(ClusterNode node, @Nullable HomeTable homes, long now) {
    Long died = deaths.get(node.run());
    boolean isDead = died != null && now - died <= EVIDENCE.toNanos();
    lost.add(new Lost(node.id(), node.run(), homes, isDead ? CLOSED : SILENT, /* since= */ null));
  }

  /** Another node, with a history of its own, has lost this one. */
  void hear(ClusterMessage.Loss loss, long now) {
    Duration wait = Duration.ofMillis(loss.millis());
    lost.add(new Lost(loss.node(), /* run= */ 0, /* homes= */ null, wait, now));
  }

  /** The process has ended, or has closed all its connections. */
  void died(long run, long now) {
    deaths.values().removeIf(when -> now - when > EVIDENCE.toNanos());
    deaths.put(run, now);
    lost.replaceAll(each -> each.run() == run ? each.after(CLOSED) : each);
  }

  /**
   * Nodes that are here again speak for themselves; one that has started again shows that the
   * earlier process is dead.
   */
  void viewed(ClusterView view) {
    lost.removeIf(each ->
        view.nodes().stream().anyMatch(node -> isAgain(each, node) || isHeardOf(each, node)));
    lost.replaceAll(each -> view.holds(each.id()) ? each.after(CLOSED) : each);
  }

  private static boolean isAgain(Lost each, ClusterNode node) {
    return node.run() == each.run();
  }

  private static boolean isHeardOf(Lost each, ClusterNode node) {
    return each.run() == 0 && node.id().equals(each.id());
  }

  /**
   * The nodes of the view have told what they hold: the times begin now.
   *
   * @param isFirst whether none of them has been in a view before
   * @param isWhole whether all nodes that the settings list are there
   */
  void settle(boolean isFirst, boolean isWhole, long now) {
    if (isFirst && !isWhole) {
      hear(new ClusterMessage.Loss(UNKNOWN, SILENT.toMillis()), now);
    }
    lost.removeIf(each -> isWhole && each.id().equals(UNKNOWN));
    lost.removeIf(each -> each.since() != null && each.until() - now <= 0);
    lost.replaceAll(each ->
        each.since() == null
            ? new Lost(each.id(), each.run(), each.homes(), each.term(), now)
            : each);
  }

  /** Whether no connection of the account may be open or counted any more. */
  boolean isFree(AccountKey account, Duration longer, long now) {
    Predicate<Lost> isInTheWay =
        each -> each.since() == null || now - each.until() - longer.toNanos() < 0;
    return lost.stream().noneMatch(each -> each.mayHave(account) && isInTheWay.test(each));
  }

  /** For nodes that were not there. */
  List<ClusterMessage.Loss> told(long now) {
    return lost.stream()
        .map(each -> {
          long left =
              each.since() == null ? each.term().toMillis() : (each.until() - now) / 1_000_000;
          return new ClusterMessage.Loss(each.id(), left);
        })
        .filter(loss -> loss.millis() > 0)
        .toList();
  }
}
