package streamcache.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The nodes that see each other. Two nodes with the same view have the same list.
 *
 * @param number differs for every view
 */
record ClusterView(String number, List<ClusterNode> nodes) {

  ClusterView {
    nodes = List.copyOf(nodes);
  }

  Set<String> ids() {
    return nodes.stream().map(ClusterNode::id).collect(Collectors.toUnmodifiableSet());
  }

  boolean holds(String id) {
    return nodes.stream().anyMatch(node -> node.id().equals(id));
  }

  Optional<ClusterNode> node(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  /** Whether two nodes have the same id, because a cache folder was copied. */
  boolean hasTwins() {
    Set<String> seen = new HashSet<>();
    return nodes.stream().anyMatch(node -> !seen.add(node.id()));
  }
}
