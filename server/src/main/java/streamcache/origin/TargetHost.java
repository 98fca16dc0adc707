package streamcache.origin;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Our own strict reading of a host: what is checked is what is looked up and connected to, and no
 * resolver finds an address in it that we did not see. Pure.
 */
final class TargetHost {

  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)[a-z0-9_~-]{1,63}(\\.[a-z0-9_~-]{1,63})*");

  /** Whoever looks such a name up may take it for an address: 127.1, 0x7f.1, 2130706433. */
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

  private TargetHost() {}

  /**
   * @param written with brackets around an IPv6 address, percent-encoded where it is not ASCII
   * @return lower case, ASCII, without brackets and without a final dot
   */
  static String parse(String written) throws BadTarget {
    if (written.startsWith("[")) {
      return ipv6(written.substring(1, written.length() - 1));
    }
    String name = written.indexOf('%') < 0 ? written : international(written);
    name = name.toLowerCase(Locale.ROOT);
    // So that a rule about a name fits both of its spellings.
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    boolean isOddAddress = ENDS_IN_NUMBER.matcher(name).matches() && !IPV4.matcher(name).matches();
    if (!NAME.matcher(name).matches() || isOddAddress) {
      throw new BadTarget("host not understood");
    }
    return name;
  }

  private static String ipv6(String literal) throws BadTarget {
    if (!isIpv6(literal)) {
      throw new BadTarget("host not understood");
    }
    return literal.toLowerCase(Locale.ROOT);
  }

  private static boolean isIpv6(String literal) {
    try {
      return literal.indexOf(':') >= 0 && InetAddress.ofLiteral(literal).getAddress().length > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** A host in UTF-8 arrives here percent-encoded, whether it was written so or raw. */
  private static String international(String escaped) throws BadTarget {
    try {
      return IDN.toASCII(TargetEscapes.decoded(escaped), IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException _) {
      throw new BadTarget("host not understood");
    }
  }
}
