package streamcache.admin;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import streamcache.cluster.ClusterNode;
import streamcache.cluster.ClusterStatus;
import streamcache.cluster.OperatorRelay;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;

/**
 * Which node of the cluster answers a request: the one that its field names, or this one.
 *
 * @param cluster what this server is a node of; empty if it is alone
 * @param others the way to the other nodes; empty if it is alone
 */
record NodeChoice(Supplier<Optional<ClusterStatus>> cluster, Optional<OperatorRelay> others) {

  /** Its value is the place of a node, as in {@code one:7800}, or its id. */
  static final String FIELD = "Streamcache-Node";

  /** Whether another node has answered, or could have. Blocks. */
  boolean passesOn(Exchange exchange, Role role) throws ApiException, ClientGone {
    Optional<String> named = exchange.request().headers().first(FIELD);
    if (named.isEmpty() || isThis(named.get())) {
      return false;
    }
    ClusterNode node =
        others
            .flatMap(relay -> relay.other(named.get()))
            .orElseThrow(() ->
                ApiException.notFound(
                    "No node of the cluster is called so; GET /api/v1/cluster lists them."));
    if (exchange.request().target().startsWith(EventFeed.PATH)) {
      throw ApiException.notPossible("Each node has a feed of its own; ask that node.");
    }
    try {
      others.orElseThrow().pass(exchange, node, role.includes(Role.OPERATE));
    } catch (IOException silent) {
      throw ApiException.nodeSilent();
    }
    return true;
  }

  private boolean isThis(String name) {
    return cluster
        .get()
        .map(ClusterStatus::self)
        .filter(self -> self.id().equals(name) || self.place().equals(name))
        .isPresent();
  }
}
