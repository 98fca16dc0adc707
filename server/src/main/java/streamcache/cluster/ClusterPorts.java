package streamcache.cluster;

/** The three ports of a node, of which the first is set and the others follow. */
public final class ClusterPorts {

  /** From the port of the membership to that of the sockets whose end shows that a node died. */
  static final int LIFE_LINE_OFFSET = 2;

  private static final int RELAY_OFFSET = 1;

  private ClusterPorts() {}

  /** Where a node accepts the requests that other nodes relay. */
  public static int relay(int port) {
    return port + RELAY_OFFSET;
  }
}
