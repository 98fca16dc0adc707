package streamcache.cluster;

import java.io.IOException;

/**
 * Who is in the cluster, and messages between its nodes. Messages from one node arrive in the order
 * in which it sent them, or not at all once it has left the view.
 */
interface Membership extends AutoCloseable {

  /** Called by threads of the membership, which must not be kept waiting. */
  interface Listener {

    /** The nodes that see each other have changed. */
    void viewed(ClusterView view);

    /** A node, perhaps this one, sent a message. */
    void received(ClusterNode from, byte[] message);

    /** The process of a node has ended: a connection to it broke. */
    void closed(ClusterNode node);

    /**
     * Something that does not have the key of this cluster sent a message, which was dropped.
     *
     * @param place where it came from, as far as known
     */
    void refused(String place);
  }

  ClusterNode self();

  /** Joins the nodes that can be reached; blocks for about a second if there are none. */
  void join(Listener listener) throws IOException;

  /** Sends to all nodes of the view, this one included. Does not wait for them. */
  void tellAll(byte[] message);

  /** Leaves. The other nodes learn it at once. */
  @Override
  void close();
}
