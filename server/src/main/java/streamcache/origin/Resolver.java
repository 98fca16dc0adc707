package streamcache.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves host names: the system's resolver, or a script in a test. */
@FunctionalInterface
interface Resolver {

  /** The system's resolver, with the JDK's cache: 30 s for a result, 10 s for a failure. */
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** Returns all addresses of the name, never none. Blocks without a time limit. */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
