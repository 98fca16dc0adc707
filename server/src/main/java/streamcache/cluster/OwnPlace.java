package streamcache.cluster;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import streamcache.settings.ClusterSettings;
import streamcache.settings.NodePlace;
import streamcache.settings.NodePlaces;

/**
 * Where this node is, found without a setting: the listed place that is on this machine, else the
 * address from which the other nodes are reached.
 *
 * @param address of this machine
 * @param port of the membership
 * @param listed the number of nodes that the settings name
 * @param isPrimary whether {@code CLUSTER_PRIMARY} is this place
 */
record OwnPlace(InetAddress address, int port, int listed, boolean isPrimary) {

  /** While a name has no address yet, this many nodes are assumed. */
  private static final int UNKNOWN = 2;

  /** Blocks for the look-ups. */
  static OwnPlace find(ClusterSettings settings) throws IOException {
    return switch (settings.places()) {
      case NodePlaces.Listed(List<NodePlace> places) ->
          of(places, places.size(), settings.primary());
      case NodePlaces.Named(NodePlace name) -> {
        List<NodePlace> places =
            addresses(name.host()).stream()
                .map(address -> new NodePlace(address.getHostAddress(), name.port()))
                .toList();
        int listed = places.isEmpty() ? UNKNOWN : places.size();
        yield of(places.isEmpty() ? List.of(name) : places, listed, settings.primary());
      }
    };
  }

  private static OwnPlace of(List<NodePlace> places, int listed, Optional<NodePlace> primary)
      throws IOException {
    InetSocketAddress own = own(places);
    boolean isPrimary =
        primary
            .filter(place -> place.port() == own.getPort())
            .filter(place -> addresses(place.host()).contains(own.getAddress()))
            .isPresent();
    return new OwnPlace(own.getAddress(), own.getPort(), listed, isPrimary);
  }

  private static InetSocketAddress own(List<NodePlace> places) throws IOException {
    List<InetSocketAddress> here = new ArrayList<>();
    for (NodePlace place : places) {
      for (InetAddress address : addresses(place.host())) {
        if (isHere(address)) {
          here.add(new InetSocketAddress(address, place.port()));
        }
      }
    }
    if (here.isEmpty()) {
      return new InetSocketAddress(towards(places), places.getFirst().port());
    }
    return here.stream()
        .filter(OwnPlace::isFree)
        .findFirst()
        .orElseThrow(() ->
            new ClusterException(
                "cannot listen on port "
                    + here.getFirst().getPort()
                    + " or one of the two after it; another program may be using them. Write a"
                    + " different port in CLUSTER, on every node.",
                /* cause= */ null));
  }

  private static boolean isHere(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isFree(InetSocketAddress place) {
    return Stream.of(
            place.getPort(),
            ClusterPorts.relay(place.getPort()),
            place.getPort() + ClusterPorts.LIFE_LINE_OFFSET)
        .allMatch(port -> isFree(place.getAddress(), port));
  }

  private static boolean isFree(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The address of this machine on the way to the first place that has one; nothing is sent. */
  private static InetAddress towards(List<NodePlace> places) throws IOException {
    for (NodePlace place : places) {
      for (InetAddress address : addresses(place.host())) {
        try (DatagramSocket socket = new DatagramSocket()) {
          socket.connect(new InetSocketAddress(address, place.port()));
          if (!socket.getLocalAddress().isAnyLocalAddress()) {
            return socket.getLocalAddress();
          }
        } catch (IOException | RuntimeException _) {
          // No way there; try the next one.
        }
      }
    }
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .findFirst()
        .orElseGet(InetAddress::getLoopbackAddress);
  }

  /** Empty for a name that is not known now: a node that is down may have none. */
  static Set<InetAddress> addresses(String host) {
    try {
      return new LinkedHashSet<>(List.of(InetAddress.getAllByName(host)));
    } catch (UnknownHostException e) {
      return Set.of();
    }
  }
}
