package streamcache.link;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The IPv4 addresses embedded in an IPv6 address. A check of the IPv6 address alone would let
 * {@code 64:ff9b::7f00:1} through to the loopback. Pure; any thread.
 *
 * @param form how they are embedded
 * @param inner all that were found; empty for {@link Form#NONE} only
 */
record EmbeddedIpv4(Form form, List<InetAddress> inner) {

  /** Who chooses the embedded address. */
  enum Form {
    NONE,
    /** The address reaches the IPv4 host itself: mapped (RFC 4291), NAT64 (RFC 6052, 8215). */
    SAME_HOST,
    /** No longer routed: compatible (RFC 4291), translated (RFC 2765). */
    GIVEN_UP,
    /** Anyone can embed any IPv4 address: 6to4 (RFC 3056), Teredo, ISATAP (RFC 5214). */
    SELF_CHOSEN
  }

  private static final EmbeddedIpv4 NOTHING = new EmbeddedIpv4(Form.NONE, List.of());

  private static final AddressBlock MAPPED = prefix(96, 10, 0xff, 0xff);
  private static final AddressBlock TRANSLATED = prefix(96, 8, 0xff, 0xff);
  private static final AddressBlock COMPATIBLE = prefix(96, 0);
  private static final AddressBlock UNSPECIFIED_OR_LOOPBACK = prefix(127, 0);
  private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");
  private static final AddressBlock LOCAL_NAT64 = AddressBlock.of("64:ff9b:1::/48");
  private static final AddressBlock SIX_TO_FOUR = AddressBlock.of("2002::/16");
  private static final AddressBlock TEREDO = AddressBlock.of("2001::/32");

  /** Where RFC 6052 places the four octets, by prefix length: 96, 64, 56 and 48 bits. */
  private static final int[][] NAT64_PLACES = {
    {12, 13, 14, 15}, {9, 10, 11, 12}, {7, 9, 10, 11}, {6, 7, 9, 10}
  };

  static EmbeddedIpv4 in(InetAddress address) {
    if (address instanceof Inet4Address || UNSPECIFIED_OR_LOOPBACK.contains(address)) {
      return NOTHING;
    }
    byte[] octets = address.getAddress();
    if (MAPPED.contains(address) || NAT64.contains(address)) {
      return new EmbeddedIpv4(Form.SAME_HOST, List.of(ipv4(octets, 12)));
    }
    if (LOCAL_NAT64.contains(address)) {
      return new EmbeddedIpv4(Form.SAME_HOST, localNat64(octets));
    }
    if (COMPATIBLE.contains(address) || TRANSLATED.contains(address)) {
      return new EmbeddedIpv4(Form.GIVEN_UP, List.of(ipv4(octets, 12)));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return new EmbeddedIpv4(Form.SELF_CHOSEN, List.of(ipv4(octets, 2)));
    }
    if (TEREDO.contains(address)) {
      return new EmbeddedIpv4(Form.SELF_CHOSEN, List.of(ipv4(octets, 4), inverted(octets)));
    }
    boolean isIsatap =
        (octets[8] & ~2) == 0
            && octets[9] == 0
            && octets[10] == 0x5e
            && (octets[11] & 0xff) == 0xfe;
    return isIsatap ? new EmbeddedIpv4(Form.SELF_CHOSEN, List.of(ipv4(octets, 12))) : NOTHING;
  }

  /**
   * A local network may place the octets at any of four positions. Positions that the rest of the
   * address rules out are skipped; all others count. If none is left, the last four octets count.
   */
  private static List<InetAddress> localNat64(byte[] octets) {
    List<InetAddress> found = new ArrayList<>();
    for (int[] places : NAT64_PLACES) {
      byte[] ipv4 = new byte[places.length];
      for (int i = 0; i < places.length; i++) {
        ipv4[i] = octets[places[i]];
      }
      boolean isLast = places[3] == 15;
      boolean isPlausible =
          octets[8] == 0 && isZero(octets, places[3] + 1) && !(isLast && isZero(octets, 12));
      if (isPlausible) {
        found.add(address(ipv4));
      }
    }
    return found.isEmpty() ? List.of(ipv4(octets, 12)) : found;
  }

  private static boolean isZero(byte[] octets, int from) {
    for (int i = from; i < octets.length; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress inverted(byte[] octets) {
    byte[] client = Arrays.copyOfRange(octets, 12, 16);
    for (int i = 0; i < client.length; i++) {
      client[i] = (byte) ~client[i];
    }
    return address(client);
  }

  private static InetAddress ipv4(byte[] octets, int at) {
    return address(Arrays.copyOfRange(octets, at, at + 4));
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }

  /** A prefix that the JDK would parse as an IPv4 address: zeros except for {@code octets}. */
  private static AddressBlock prefix(int bits, int at, int... octets) {
    byte[] prefix = new byte[16];
    for (int i = 0; i < octets.length; i++) {
      prefix[at + i] = (byte) octets[i];
    }
    try {
      return new AddressBlock(Inet6Address.getByAddress(null, prefix, -1), bits);
    } catch (UnknownHostException e) {
      throw new AssertionError("sixteen octets are an address", e);
    }
  }
}
