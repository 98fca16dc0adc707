package streamcache.origin;

import java.net.InetAddress;
import java.util.List;

/**
 * Decides which addresses may be connected to. Consulted on every hop, before and after the name
 * lookup and before anything is sent; the connection goes to one of the addresses that were
 * permitted. Called on the connections' threads; does not block on the network.
 */
@FunctionalInterface
public interface AddressPolicy {

  /**
   * Called before the lookup, so that no DNS query leaves the machine for a name that is refused
   * anyway.
   *
   * @throws OriginException Forbidden if no address could make the destination acceptable
   */
  default void admit(Destination to) throws OriginException {}

  /**
   * @param addresses the addresses that the name resolved to, in the resolver's order; never empty
   * @return the addresses that may be used, in the same order; never empty
   * @throws OriginException Forbidden if none may be used
   */
  List<InetAddress> permitted(Destination to, List<InetAddress> addresses) throws OriginException;
}
