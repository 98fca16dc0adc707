package streamcache.cli;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamcache.settings.Settings;

/**
 * What links begin with, and whether other machines can use that. Asks the system's resolver; used
 * by commands, on their thread.
 *
 * @param host the name of this machine
 * @param found the addresses of that name; empty if it does not resolve
 * @param own the site-local addresses of this machine
 * @param place scheme and port
 */
record LinkReach(String host, List<InetAddress> found, List<InetAddress> own, Place place) {

  /** What stands around the host. */
  record Place(String scheme, int port) {
    String with(String host) {
      return "%s://%s:%d".formatted(scheme, host, port);
    }
  }

  /** The host names that container engines invent. */
  private static final Pattern OF_A_CONTAINER = Pattern.compile("[0-9a-f]{12}");

  /** Interfaces of containers and virtual machines, whose addresses nobody else reaches. */
  private static final Pattern VIRTUAL =
      Pattern.compile("(docker|br-|veth|virbr|podman|cni|lxc|lxd|vmnet).*");

  static LinkReach ofThisMachine(Settings settings) {
    String host = Serve.host();
    String scheme = settings.tls().isPresent() ? "https" : "http";
    return new LinkReach(
        host, resolved(host), siteLocal(), new Place(scheme, settings.listen().port()));
  }

  /** What links begin with. */
  String base() {
    return place.with(host);
  }

  /** A sentence for the owner if no other machine can use links with that name. */
  Optional<String> advice() {
    if (OF_A_CONTAINER.matcher(host).matches()) {
      return Optional.of(
          "No other machine can use this link: %s is the name of a container. Set BASE_URL to the"
                  .formatted(host)
              + " address of the machine that runs it, such as "
              + place.with("192.168.1.20")
              + ".");
    }
    if (found.stream().anyMatch(address -> !address.isLoopbackAddress())) {
      return Optional.empty();
    }
    String reason = found.isEmpty() ? "does not resolve" : "is that of this machine only";
    return Optional.of(
        "No other machine can use this link: the name %s %s. Set BASE_URL to "
                .formatted(host, reason)
            + proposals()
            + ".");
  }

  private String proposals() {
    return own.isEmpty()
        ? "an address that they reach, such as " + place.with("192.168.1.20")
        : String.join(
            " or ", own.stream().map(address -> place.with(address.getHostAddress())).toList());
  }

  private static List<InetAddress> resolved(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException _) {
      return List.of();
    }
  }

  private static List<InetAddress> siteLocal() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(one -> !VIRTUAL.matcher(one.getName()).matches())
          .flatMap(LinkReach::addresses)
          .filter(address -> address instanceof Inet4Address && address.isSiteLocalAddress())
          .toList();
    } catch (SocketException _) {
      return List.of();
    }
  }

  private static Stream<InetAddress> addresses(NetworkInterface one) {
    try {
      return one.isUp() ? one.inetAddresses() : Stream.empty();
    } catch (SocketException _) {
      return Stream.empty();
    }
  }
}
