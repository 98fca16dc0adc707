package streamcache.cluster;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether the nodes that see each other may speak for the cluster: no two groups of nodes that do
 * not see each other may. Those nodes may that are more than half of the last group that could, and
 * more than half of those that the settings list. Where it is exactly half, the primary decides.
 * Used under the lock of its owner.
 */
final class Quorum {

  private final int listed;

  /** The nodes of the last group that could speak for the cluster; empty before there was one. */
  private final Set<String> stable = new HashSet<>();

  /**
   * @param listed the number of nodes that the settings list
   */
  Quorum(int listed) {
    this.listed = listed;
  }

  /** Whether all nodes of the view together may. */
  boolean isIn(ClusterView view) {
    return isMost(view.ids(), hasPrimary(view, view.ids()));
  }

  /** Whether the view has as many nodes as the settings list. */
  boolean hasAll(ClusterView view) {
    return view.nodes().size() >= listed;
  }

  /** Whether these nodes of the view may. */
  boolean isAmong(ClusterView view, Set<String> ids) {
    return isMost(ids, hasPrimary(view, ids));
  }

  private boolean isMost(Set<String> ids, boolean hasPrimary) {
    long known = stable.isEmpty() ? ids.size() : stable.stream().filter(ids::contains).count();
    long all = stable.isEmpty() ? ids.size() : stable.size();
    return decides(known, all, hasPrimary) && decides(ids.size(), listed, hasPrimary);
  }

  private static boolean decides(long part, long all, boolean hasPrimary) {
    return part * 2 > all || (part * 2 == all && hasPrimary);
  }

  private static boolean hasPrimary(ClusterView view, Set<String> ids) {
    return view.nodes().stream().anyMatch(node -> node.isPrimary() && ids.contains(node.id()));
  }

  /** The nodes of this view speak for the cluster from now on. */
  void settle(ClusterView view) {
    stable.clear();
    stable.addAll(view.ids());
  }

  /** The node has left in an orderly way and fetches nothing any more. */
  void left(String id) {
    stable.remove(id);
  }
}
