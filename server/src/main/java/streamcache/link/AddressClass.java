package streamcache.link;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;

/**
 * What sort of place an address is, for rules about where to fetch from and whom to trust. Ordered
 * from harmless to not at all. Pure; any thread.
 */
public enum AddressClass {
  /** Anywhere on the Internet. */
  PUBLIC("public"),
  /** RFC 1918, unique local (RFC 4193), shared space of carriers (RFC 6598). */
  PRIVATE("private"),
  LOOPBACK("loopback"),
  LINK_LOCAL("link-local"),
  /** Where a cloud tells a machine its credentials. */
  METADATA("cloud metadata"),
  MULTICAST("multicast"),
  /** Reserved, for documentation, given up, or not given out. */
  RESERVED("reserved"),
  UNSPECIFIED("unspecified");

  private final String words;

  AddressClass(String words) {
    this.words = words;
  }

  /**
   * The class of an address, looking into IPv6 addresses that wrap an IPv4 one. A wrapping that
   * anybody may fill in at will (6to4, Teredo, ISATAP) never makes an address private or loopback:
   * what wraps such a one is RESERVED, which is no place to fetch from and nobody to trust.
   */
  public static AddressClass of(InetAddress address) {
    AddressClass own = SpecialBlocks.of(address);
    EmbeddedIpv4 embedded = EmbeddedIpv4.in(address);
    return switch (embedded.form()) {
      case NONE -> own;
      case SAME_HOST -> worst(embedded.inner());
      case GIVEN_UP -> {
        AddressClass inner = worst(embedded.inner());
        yield inner == PUBLIC || inner == PRIVATE ? RESERVED : inner;
      }
      case SELF_CHOSEN -> worst(embedded.inner()) == PUBLIC ? own : RESERVED;
    };
  }

  /** The IPv4 addresses that this address stands for or carries; empty for most. */
  public static List<InetAddress> wrappedIn(InetAddress address) {
    return EmbeddedIpv4.in(address).inner();
  }

  /** For a sentence. */
  public String words() {
    return words;
  }

  private static AddressClass worst(List<InetAddress> addresses) {
    return addresses.stream()
        .map(SpecialBlocks::of)
        .max(Comparator.naturalOrder())
        .orElse(RESERVED);
  }
}
