package streamcache.cluster;

/**
 * One running server of the cluster.
 *
 * @param id that of its cache folder, so that it is the same after a restart
 * @param run random, of this start
 * @param host its address, as other nodes reach it
 * @param port of the membership; relayed requests go to {@link ClusterPorts#relay}
 * @param isPrimary whether {@code CLUSTER_PRIMARY} names it
 */
public record ClusterNode(String id, long run, String host, int port, boolean isPrimary) {

  /** For people. */
  public String place() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
