package streamcache.link;

import java.net.IDN;
import java.net.Inet6Address;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A strict parser of our own for the host in a URL. The library's parser returns null for hosts
 * with underscores, which are common in Compose, and takes {@code 127.1} for a name, which a
 * resolver takes for an address. Here one parse serves both the address check and the connect.
 * Pure; any thread.
 */
public final class HostName {

  private static final int LONGEST = 253;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*", Pattern.CASE_INSENSITIVE);
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)", Pattern.CASE_INSENSITIVE);
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]{2,45}]");

  private HostName() {}

  /**
   * The host in lower case: a name, an IPv4 address in the usual dotted form, or an IPv6 address in
   * brackets.
   *
   * @param written host of the URL, with brackets if it has them
   */
  public static String parse(String written) throws BadLink {
    if (written.isEmpty()) {
      throw new BadLink("The URL in the link has no host; write http://host/path.");
    }
    if (written.startsWith("[")) {
      return ipv6(written);
    }
    String name = withoutRootDot(ascii(written)).toLowerCase(Locale.ROOT);
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      throw new BadLink(
          "The host of the URL in the link is not valid; it may contain letters, digits, '-',"
              + " '_' and single dots, or be an IPv6 address in brackets.");
    }
    if (ENDS_IN_NUMBER.matcher(name).matches() && !IPV4.matcher(name).matches()) {
      throw new BadLink(
          "The host of the URL in the link is an IPv4 address in an unusual form; write four"
              + " decimal numbers separated by dots.");
    }
    return name;
  }

  private static String ipv6(String written) throws BadLink {
    if (!isIpv6Literal(written)) {
      throw new BadLink(
          "The IPv6 address of the URL in the link is not valid; write it in brackets,"
              + " without a zone.");
    }
    return written.toLowerCase(Locale.ROOT);
  }

  /** Whether this is an IPv6 address in brackets, without a zone. */
  static boolean isIpv6Literal(String written) {
    return IPV6.matcher(written).matches() && isIpv6(written.substring(1, written.length() - 1));
  }

  private static boolean isIpv6(String address) {
    try {
      return address.contains(":") && Inet6Address.ofLiteral(address).getAddress().length > 0;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  private static String ascii(String written) throws BadLink {
    if (written.chars().allMatch(letter -> letter < 0x80)) {
      return written;
    }
    try {
      return IDN.toASCII(written);
    } catch (IllegalArgumentException notAName) {
      throw new BadLink(
          "The host of the URL in the link is not a valid domain name; use its xn-- form.");
    }
  }

  private static String withoutRootDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
