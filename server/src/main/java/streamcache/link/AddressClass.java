package streamcache.link;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;

/**
 * The class of an address, for rules about where to fetch from and whom to trust. Ordered from the
 * most to the least harmless. Pure; any thread.
 */
public enum AddressClass {
  /** Anywhere on the Internet. */
  PUBLIC("public"),
  /** RFC 1918, unique local (RFC 4193), shared address space of carriers (RFC 6598). */
  PRIVATE("private"),
  LOOPBACK("loopback"),
  LINK_LOCAL("link-local"),
  /** Where a cloud hands a machine its credentials. */
  METADATA("cloud metadata"),
  MULTICAST("multicast"),
  /** Reserved, for documentation, deprecated, or not allocated. */
  RESERVED("reserved"),
  UNSPECIFIED("unspecified");

  private final String words;

  AddressClass(String words) {
    this.words = words;
  }

  /**
   * The class of an address, with regard to an IPv4 address embedded in an IPv6 address. A form
   * that anyone can fill in at will (6to4, Teredo, ISATAP) never makes an address private or
   * loopback: an address that embeds one of those is RESERVED, neither fetched from nor trusted.
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

  /** The IPv4 addresses embedded in this address; empty for most. */
  public static List<InetAddress> wrappedIn(InetAddress address) {
    return EmbeddedIpv4.in(address).inner();
  }

  /** The wording for use in a sentence. */
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
