package streamcache.cluster;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** This server cannot become a node; the message says why and what to do. */
public final class ClusterException extends IOException {

  private static final long serialVersionUID = 1L;

  public ClusterException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A port of the cluster is taken. */
  public static ClusterException ofPort(int port, Throwable cause) {
    return new ClusterException(
        "cannot listen on port "
            + port
            + " for the other nodes; another program may be using it. Write a different port in"
            + " CLUSTER, on every node.",
        cause);
  }
}
