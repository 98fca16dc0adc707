package streamcache.settings;

import java.util.Optional;

/**
 * The cluster that this server is a node of.
 *
 * @param key the same on every node
 * @param primary the node that goes on alone, if there are two
 */
public record ClusterSettings(NodePlaces places, SecretText key, Optional<NodePlace> primary) {

  private static final int SHORTEST_KEY = 16;

  static Optional<ClusterSettings> read(Sources sources) {
    Optional<NodePlaces> places = sources.read(ClusterTable.CLUSTER);
    Optional<SecretText> key = sources.read(ClusterTable.CLUSTER_KEY);
    Optional<NodePlace> primary = sources.read(ClusterTable.CLUSTER_PRIMARY);
    var _ = sources.isHalf(ClusterTable.CLUSTER_KEY, ClusterTable.CLUSTER);
    var _ = sources.isHalf(ClusterTable.CLUSTER_PRIMARY, ClusterTable.CLUSTER);
    if (sources.given(ClusterTable.CLUSTER).isEmpty()) {
      return Optional.empty();
    }
    if (sources.given(ClusterTable.CLUSTER_KEY).isEmpty()) {
      sources
          .problems()
          .add(
              "CLUSTER is set without CLUSTER_KEY; set the same key on every node. A good one is"
                  + " made by `openssl rand -base64 32`.");
    }
    if (key.isPresent() && key.get().reveal().length() < SHORTEST_KEY) {
      sources
          .problems()
          .add(
              "CLUSTER_KEY is shorter than 16 characters; a good one is made by `openssl rand"
                  + " -base64 32`.");
    }
    return places.flatMap(where -> key.map(secret -> new ClusterSettings(where, secret, primary)));
  }
}
