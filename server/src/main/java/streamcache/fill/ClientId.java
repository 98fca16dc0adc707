package streamcache.fill;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Identifies a client by what distinguishes clients: the address and the program that a request
 * comes from. A media server and a player on one machine are two clients.
 *
 * @param address the same for all devices of an IPv6 line
 * @param agent hash of the User-Agent, which may be long and is not kept
 */
public record ClientId(InetAddress address, int agent) {

  public static ClientId of(InetAddress address, Optional<String> userAgent) {
    return new ClientId(address, userAgent.orElse("").hashCode());
  }
}
