package streamcache.link;

/**
 * The syntax of a host with an optional port, as a request names this server in {@code Host} or in
 * an absolute target (RFC 3986 sections 3.2.2 and 3.2.3). Wider than {@link HostName}, since
 * nothing is connected to; addresses in brackets and ports are the same. Checked for every request:
 * nothing is allocated for a name. Pure; any thread.
 */
public final class HostAndPort {

  private HostAndPort() {}

  /** Whether the text is a host, not empty, with or without a port. */
  public static boolean isValid(String text) {
    int end = text.startsWith("[") ? endOfLiteral(text) : endOfName(text);
    return end > 0 && (end == text.length() || isPort(text, end));
  }

  /** The index after the closing bracket; 0 if there is no valid address in brackets. */
  private static int endOfLiteral(String text) {
    int end = text.indexOf(']') + 1;
    boolean isAddress =
        end > 2
            && (HostName.isIpv6Literal(text.substring(0, end))
                || isFuture(text.substring(1, end - 1)));
    return isAddress ? end : 0;
  }

  /** IPvFuture: {@code v}, a version in hex digits, a dot, an address. */
  private static boolean isFuture(String literal) {
    int dot = literal.indexOf('.');
    if (Character.toLowerCase(literal.charAt(0)) != 'v' || dot < 2 || dot + 1 == literal.length()) {
      return false;
    }
    return literal.substring(1, dot).chars().allMatch(digit -> Character.digit(digit, 16) >= 0)
        && literal.substring(dot + 1).chars().allMatch(c -> c == ':' || isOfName((char) c));
  }

  /** The index after a name or an IPv4 address; 0 if it contains what no name may contain. */
  private static int endOfName(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) != ':') {
      if (Percent.isEscape(text, at)) {
        at += 3;
      } else if (isOfName(text.charAt(at))) {
        at++;
      } else {
        return 0;
      }
    }
    return at;
  }

  /** Unreserved characters and sub-delimiters; a comma would be a list of hosts. */
  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~!$&'()*+;=".indexOf(c) >= 0;
  }

  /** Whether a colon is here, and after it nothing or a port. */
  private static boolean isPort(String text, int colon) {
    return text.charAt(colon) == ':'
        && (colon + 1 == text.length() || HttpUrl.port(text, colon + 1) > 0);
  }
}
