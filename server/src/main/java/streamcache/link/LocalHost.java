package streamcache.link;

import java.net.InetAddress;
import java.util.Set;

/**
 * Whether a host is one of the user's own, such as a NAS, as far as its name tells: an account is
 * needed before the name is looked up. Pure.
 */
final class LocalHost {

  /**
   * Top-level domains that never exist on the Internet (RFC 6761, 6762, 8375, the reservation of
   * .internal by ICANN) or that routers hand out at home.
   */
  private static final Set<String> DOMAINS =
      Set.of("local", "localhost", "localdomain", "internal", "lan", "home", "intranet");

  private static final String HOME = ".home.arpa";

  private LocalHost() {}

  /**
   * @param host in lower case, an IPv6 address in brackets
   */
  static boolean is(String host) {
    boolean isIpv6 = host.startsWith("[");
    if (isIpv6 || isIpv4(host)) {
      String literal = isIpv6 ? host.substring(1, host.length() - 1) : host;
      return switch (AddressClass.of(InetAddress.ofLiteral(literal))) {
        case PRIVATE, LOOPBACK, LINK_LOCAL -> true;
        case PUBLIC, METADATA, MULTICAST, RESERVED, UNSPECIFIED -> false;
      };
    }
    return host.endsWith(HOME)
        || DOMAINS.contains(host.substring(host.lastIndexOf('.') + 1))
        || host.indexOf('.') < 0;
  }

  /** A name never ends in a number ({@link HostName}). */
  private static boolean isIpv4(String host) {
    return Character.isDigit(host.charAt(host.length() - 1))
        && host.substring(host.lastIndexOf('.') + 1).chars().allMatch(Character::isDigit);
  }
}
