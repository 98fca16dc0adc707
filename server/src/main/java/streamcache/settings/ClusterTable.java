package streamcache.settings;

import java.util.List;
import java.util.stream.Stream;

/** The settings of a cluster; the last ones of the table. Constants only. */
final class ClusterTable {

  static final Setting<NodePlaces> CLUSTER =
      Setting.computed(
          "CLUSTER",
          NodePlaces.KIND,
          "none: this server is alone",
          "the servers that act as one, this one included; see cluster.md");
  static final Setting<SecretText> CLUSTER_KEY =
      Setting.computed(
          "CLUSTER_KEY",
          new ValueType.Secret(),
          "none",
          "password of the cluster, the same on every node, at least 16 characters");
  static final Setting<NodePlace> CLUSTER_PRIMARY =
      Setting.computed(
          "CLUSTER_PRIMARY",
          new ValueType.Form<>(
              NodePlace::parse, "a node as in CLUSTER, such as one:7800", "HOST[:PORT]"),
          "none",
          "of two nodes, the one that goes on fetching when it does not see the other");

  private ClusterTable() {}

  /** These settings after the others. */
  static List<Setting<?>> after(List<Setting<?>> others) {
    return Stream.concat(others.stream(), Stream.of(CLUSTER, CLUSTER_KEY, CLUSTER_PRIMARY))
        .toList();
  }
}
