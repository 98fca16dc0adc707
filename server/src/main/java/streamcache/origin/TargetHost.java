package streamcache.origin;

import streamcache.link.BadLink;
import streamcache.link.HostName;

/**
 * Parses the host of a URL from a provider or a link, by the grammar of links. What is checked is
 * what is looked up and connected to, and no resolver finds an address in it that the check missed.
 * Pure.
 */
final class TargetHost {

  private TargetHost() {}

  /**
   * @param written the host, an IPv6 address in brackets; UTF-8 arrives percent-encoded, even if it
   *     was written raw
   * @return the host in lower-case ASCII, without brackets and without a trailing dot
   */
  static String parse(String written) throws BadTarget {
    boolean isLiteral = written.startsWith("[");
    try {
      String host = HostName.parse(isLiteral ? written : TargetEscapes.decoded(written));
      if (host.startsWith("[") == isLiteral) {
        return isLiteral ? host.substring(1, host.length() - 1) : host;
      }
    } catch (BadLink | IllegalArgumentException _) {
      // Reported below, without quoting the host.
    }
    throw new BadTarget("host not understood");
  }
}
