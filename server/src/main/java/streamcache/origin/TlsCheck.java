package streamcache.origin;

/** How TLS to a host is checked. The host is an IPv6 address without brackets. Any thread. */
interface TlsCheck {

  /** Whether the certificate of the host is checked. */
  boolean isWanted(String host, int port);

  /** Whether the host may use RSA key exchange and TLS 1.0 and 1.1. */
  boolean mayBeLegacy(String host, int port);
}
