package streamcache.origin;

import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses may be connected to. Asked on every hop, before and after the name was looked up
 * and before anything is sent; the connection goes to one of the very addresses that were let
 * through. Called on the connections' threads; does not block for the network.
 */
@FunctionalInterface
public interface AddressPolicy {

  /**
   * Asked before the look-up, so that no question about a name that is refused anyway leaves the
   * machine.
   *
   * @throws OriginException Forbidden when no address could change the answer
   */
  default void admit(Destination to) throws OriginException {}

  /**
   * @param addresses what the name resolved to, in the resolver's order; never empty
   * @return those that may be used, in the same order; never empty
   * @throws OriginException Forbidden when none may be used
   */
  List<InetAddress> permitted(Destination to, List<InetAddress> addresses) throws OriginException;
}
