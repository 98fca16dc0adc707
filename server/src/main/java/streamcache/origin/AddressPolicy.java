package streamcache.origin;

import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses may be connected to. Asked on every hop, after the name was resolved and before
 * anything is sent; the connection goes to one of the very addresses that were let through. Called
 * on the connections' threads; does not block.
 */
@FunctionalInterface
public interface AddressPolicy {

  /**
   * @param host name or address literal as the URL has it, lower case, without brackets
   * @param port the port that would be connected to
   * @param addresses what the name resolved to, in the resolver's order
   * @return those that may be used, in the same order; never empty
   * @throws OriginException Forbidden when none may be used
   */
  List<InetAddress> permitted(String host, int port, List<InetAddress> addresses)
      throws OriginException;

  /** Lets everything through. */
  static AddressPolicy open() {
    return (host, port, addresses) -> addresses;
  }
}
