package streamcache.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ExtendedUUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.settings.NodePlaces;

/** The membership by JGroups, over TCP. Owned by the cluster; any thread. */
final class GroupMembership implements Membership {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  private static final String NAME = "streamcache";

  /** What a node is, in its address; a name beside the address would arrive later than the view. */
  private static final String NODE = "n";

  /** A node from which nothing has come for this long is suspected. */
  private static final int SILENT_MILLIS = 4000;

  private static final int HEARTBEAT_MILLIS = 1000;

  /** How long a suspected node has to answer. */
  private static final int VERIFY_MILLIS = 500;

  /** How often nodes look for others that they do not see. */
  private static final int MERGE_FROM_MILLIS = 1000;

  private static final int MERGE_TO_MILLIS = 3000;

  /** How long a start waits for other nodes. */
  private static final int JOIN_MILLIS = 1000;

  private final ClusterNode self;
  private final JChannel channel;
  private volatile @Nullable Listener listener;

  /**
   * @param bind the address of this machine
   */
  GroupMembership(ClusterNode self, InetAddress bind, NodePlaces places, ClusterKey key)
      throws IOException {
    this.self = self;
    try {
      this.channel = new JChannel(stack(bind, places, key));
      // It would answer anybody's questions about this process, by multicast.
      channel.getProtocolStack().getTransport().getDiagnosticsHandler().setEnabled(false);
    } catch (Exception e) {
      throw new ClusterException("the cluster cannot be prepared: " + e.getMessage(), e);
    }
    channel.addAddressGenerator(
        () -> ExtendedUUID.randomUUID(self.place()).put(NODE, written(self)));
    channel.setReceiver(new Events());
  }

  private List<Protocol> stack(InetAddress bind, NodePlaces places, ClusterKey key) {
    TCP transport = new TCP();
    transport.setBindAddress(bind).setBindPort(self.port()).setPortRange(0);
    LifeLine lifeLine = new LifeLine(this::ended);
    lifeLine.setBindAddress(bind).setPortRange(1);
    lifeLine.setOffset(ClusterPorts.LIFE_LINE_OFFSET);
    return List.of(
        transport,
        new SealedMessages(key.messages(), this::refused),
        new NodeFinder(places, new InetSocketAddress(bind, self.port())),
        new MERGE3().setMinInterval(MERGE_FROM_MILLIS).setMaxInterval(MERGE_TO_MILLIS),
        lifeLine,
        new FD_ALL3().setTimeout(SILENT_MILLIS).setInterval(HEARTBEAT_MILLIS),
        new VERIFY_SUSPECT2().setTimeout(VERIFY_MILLIS),
        new NAKACK2().useMcastXmit(false),
        new UNICAST3(),
        new STABLE(),
        new GMS().setJoinTimeout(JOIN_MILLIS).printLocalAddress(false));
  }

  @Override
  public ClusterNode self() {
    return self;
  }

  @Override
  public void join(Listener events) throws IOException {
    listener = events;
    try {
      channel.connect(NAME);
    } catch (Exception e) {
      throw ClusterException.ofPort(self.port(), e);
    }
  }

  @Override
  public void tellAll(byte[] message) {
    try {
      if (channel.isConnected()) {
        channel.send(new BytesMessage(null, message));
      }
    } catch (Exception e) {
      LOG.debug("a message to the other nodes was not sent", e);
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  private final class Events implements Receiver {

    @Override
    public void viewAccepted(View view) {
      tell(each ->
          each.viewed(
              new ClusterView(
                  view.getViewId().toString(),
                  view.getMembers().stream().flatMap(member -> node(member).stream()).toList())));
    }

    @Override
    public void receive(Message message) {
      byte[] bytes = new byte[message.getLength()];
      System.arraycopy(message.getArray(), message.getOffset(), bytes, 0, bytes.length);
      node(message.getSrc()).ifPresent(from -> tell(each -> each.received(from, bytes)));
    }
  }

  private void ended(Address address) {
    node(address).ifPresent(node -> tell(each -> each.closed(node)));
  }

  private void refused(@Nullable Address from) {
    String place =
        from instanceof ExtendedUUID
            ? node(from).map(ClusterNode::place).orElse("an unknown address")
            : String.valueOf(from);
    tell(each -> each.refused(place));
  }

  private void tell(Consumer<Listener> event) {
    Listener present = listener;
    if (present != null) {
      event.accept(present);
    }
  }

  private static byte[] written(ClusterNode node) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(node.id());
      out.writeLong(node.run());
      out.writeUTF(node.host());
      out.writeInt(node.port());
      out.writeBoolean(node.isPrimary());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static Optional<ClusterNode> node(Address address) {
    byte[] written = address instanceof ExtendedUUID uuid ? uuid.get(NODE) : null;
    if (written == null) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(written))) {
      return Optional.of(
          new ClusterNode(
              in.readUTF(), in.readLong(), in.readUTF(), in.readInt(), in.readBoolean()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
