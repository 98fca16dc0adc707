package streamcache.link;

import static streamcache.link.AddressClass.LINK_LOCAL;
import static streamcache.link.AddressClass.LOOPBACK;
import static streamcache.link.AddressClass.METADATA;
import static streamcache.link.AddressClass.MULTICAST;
import static streamcache.link.AddressClass.PRIVATE;
import static streamcache.link.AddressClass.PUBLIC;
import static streamcache.link.AddressClass.RESERVED;
import static streamcache.link.AddressClass.UNSPECIFIED;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The blocks that are not simply public, from the special-purpose registries of IANA, and the
 * addresses at which clouds hand out credentials. A table of our own, because the predicates of the
 * JDK miss most of them. Constants only; the longest matching prefix applies.
 */
final class SpecialBlocks {

  /**
   * One line of the table.
   *
   * @param source the RFC or provider that defines the block
   */
  private record Row(AddressBlock block, AddressClass kind, String source) {}

  private static final List<Row> IPV4 =
      byLength(
          row("0.0.0.0/8", UNSPECIFIED, "RFC 791, this network; Linux connects it to itself"),
          row("10.0.0.0/8", PRIVATE, "RFC 1918"),
          row("100.64.0.0/10", PRIVATE, "RFC 6598, shared: carriers, Tailscale"),
          row("127.0.0.0/8", LOOPBACK, "RFC 1122"),
          row("169.254.0.0/16", LINK_LOCAL, "RFC 3927"),
          row("172.16.0.0/12", PRIVATE, "RFC 1918"),
          row("192.0.0.0/24", RESERVED, "RFC 6890, protocol assignments"),
          row("192.0.2.0/24", RESERVED, "RFC 5737, documentation"),
          row("192.88.99.0/24", RESERVED, "RFC 7526, 6to4 relays, deprecated"),
          row("192.168.0.0/16", PRIVATE, "RFC 1918"),
          row("198.18.0.0/15", RESERVED, "RFC 2544, benchmarks; fake addresses of some proxies"),
          row("198.51.100.0/24", RESERVED, "RFC 5737, documentation"),
          row("203.0.113.0/24", RESERVED, "RFC 5737, documentation"),
          row("224.0.0.0/4", MULTICAST, "RFC 5771"),
          row("240.0.0.0/4", RESERVED, "RFC 1112; 255.255.255.255 by RFC 8190"),
          row("100.100.100.200/32", METADATA, "Alibaba Cloud"),
          row("168.63.129.16/32", METADATA, "Azure, the host of the machine"),
          row("169.254.169.254/32", METADATA, "Amazon, Google, Azure, Oracle, OpenStack"),
          row("169.254.170.2/32", METADATA, "Amazon ECS"),
          row("169.254.170.23/32", METADATA, "Amazon EKS"),
          row("192.0.0.192/32", METADATA, "Oracle Cloud, classic"));

  private static final List<Row> IPV6 =
      byLength(
          row("2000::/3", PUBLIC, "RFC 4291, RFC 3587: the only part assigned"),
          row("::/128", UNSPECIFIED, "RFC 4291"),
          row("::1/128", LOOPBACK, "RFC 4291"),
          row("100::/64", RESERVED, "RFC 6666, discarded"),
          row("100:0:0:1::/64", RESERVED, "RFC 9780, dummy"),
          row("2001::/23", RESERVED, "RFC 2928, protocol assignments"),
          row("2001::/32", PUBLIC, "RFC 4380, Teredo, decoded by EmbeddedIpv4"),
          row("2001:db8::/32", RESERVED, "RFC 3849, documentation"),
          row("3fff::/20", RESERVED, "RFC 9637, documentation"),
          row("5f00::/16", RESERVED, "RFC 9602, segment routing"),
          row("fc00::/7", PRIVATE, "RFC 4193, unique local"),
          row("fe80::/10", LINK_LOCAL, "RFC 4291"),
          row("fec0::/10", RESERVED, "RFC 3879, site-local, deprecated"),
          row("ff00::/8", MULTICAST, "RFC 4291"),
          row("fd00:ec2::254/128", METADATA, "Amazon"),
          row("fd00:ec2::23/128", METADATA, "Amazon EKS"),
          row("fd20:ce::254/128", METADATA, "Google Cloud"),
          row("fd00:c1::a9fe:a9fe/128", METADATA, "Oracle Cloud"),
          row("fd00:42::42/128", METADATA, "Scaleway"),
          row("fe80::a9fe:a9fe/128", METADATA, "OpenStack"));

  private SpecialBlocks() {}

  /** The class of the address itself, without regard to an embedded address. */
  static AddressClass of(InetAddress address) {
    boolean isIpv4 = address instanceof Inet4Address;
    for (Row row : isIpv4 ? IPV4 : IPV6) {
      if (row.block.contains(address)) {
        return row.kind;
      }
    }
    return isIpv4 ? PUBLIC : RESERVED;
  }

  private static Row row(String block, AddressClass kind, String source) {
    return new Row(AddressBlock.of(block), kind, source);
  }

  private static List<Row> byLength(Row... rows) {
    return Stream.of(rows)
        .sorted(Comparator.comparingInt((Row row) -> row.block.bits()).reversed())
        .toList();
  }
}
