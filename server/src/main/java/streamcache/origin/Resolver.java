package streamcache.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where names are looked up: the system's resolver, or a script in a test. */
@FunctionalInterface
interface Resolver {

  /** The system's, with the cache of the JDK: 30 s for an answer, 10 s for none. */
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** Blocks without a bound; all addresses of the name, never none. */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
