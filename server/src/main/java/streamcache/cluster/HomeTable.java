package streamcache.cluster;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The homes of all accounts in one view: an account that a node was using when the view began stays
 * there, and any other one is at the node with the highest rank. All nodes of a view compute the
 * same table. Immutable.
 *
 * @param holders of the accounts that were in use
 */
record HomeTable(ClusterView view, Map<AccountKey, ClusterNode> holders) {

  HomeTable {
    holders = Map.copyOf(holders);
  }

  /**
   * @param busy what each node of the view uses, by its id
   */
  static HomeTable of(ClusterView view, Map<String, Set<AccountKey>> busy) {
    Map<AccountKey, ClusterNode> holders = new HashMap<>();
    for (ClusterNode node : view.nodes()) {
      for (AccountKey account : busy.getOrDefault(node.id(), Set.of())) {
        holders.merge(account, node, (one, other) -> first(account, List.of(one, other)));
      }
    }
    return new HomeTable(view, holders);
  }

  ClusterNode home(AccountKey account) {
    return Optional.ofNullable(holders.get(account)).orElseGet(() -> first(account, view.nodes()));
  }

  private static ClusterNode first(AccountKey account, List<ClusterNode> nodes) {
    return nodes.stream()
        .max(
            Comparator.comparingLong((ClusterNode node) -> account.rank(node.id()))
                .thenComparingLong(ClusterNode::run))
        .orElseThrow();
  }
}
