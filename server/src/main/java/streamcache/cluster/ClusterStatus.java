package streamcache.cluster;

import java.util.List;

/**
 * The cluster at this moment, as one node sees it.
 *
 * @param nodes those that see each other; empty before this one has joined
 * @param isInCharge whether this node may use accounts
 * @param relaying requests that other nodes answer now
 * @param relayed such requests since the start
 * @param resumed responses that another node continued
 * @param bytes passed on
 * @param copied bytes that were taken from the stores of other nodes
 */
public record ClusterStatus(
    ClusterNode self,
    List<ClusterNode> nodes,
    boolean isInCharge,
    int relaying,
    long relayed,
    long resumed,
    long bytes,
    long copied) {

  public ClusterStatus {
    nodes = List.copyOf(nodes);
  }
}
