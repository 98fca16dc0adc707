package streamcache.origin;

/** Whether the certificate of a host is checked. Any thread. */
@FunctionalInterface
interface TlsCheck {

  /**
   * @param host the host to connect to, an IPv6 address without brackets
   */
  boolean isWanted(String host, int port);
}
