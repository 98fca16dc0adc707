package streamcache.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamcache.link.AddressBlock;
import streamcache.playback.Request;

/**
 * Tells who asks. A forwarding field can be written by anybody, so it counts only from a trusted
 * proxy; from another peer it means that somebody unknown is behind. Where a proxy sends several
 * kinds of field, a player may have brought one of them along: all must say the same sort of place,
 * and the worst counts. Any thread.
 */
final class Clients {

  private final List<AddressBlock> trustedProxies;

  Clients(List<AddressBlock> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  Client of(Request request) {
    Forwarding forwarding = Forwarding.in(request.headers());
    if (!forwarding.isPresent()) {
      return new Client(request.peer(), /* isHidden= */ false);
    }
    if (!isTrusted(request.peer())) {
      return new Client(request.peer(), /* isHidden= */ true);
    }
    return behindProxy(request.peer(), forwarding);
  }

  private Client behindProxy(InetAddress proxy, Forwarding forwarding) {
    List<Client> claims = new ArrayList<>();
    for (List<Optional<InetAddress>> chain : forwarding.chains()) {
      claims.add(nearestUntrusted(proxy, chain));
    }
    return claims.stream()
        .filter(claim -> !claim.isAtHome())
        .findFirst()
        .or(() -> claims.stream().findFirst())
        .orElse(new Client(proxy, /* isHidden= */ true));
  }

  /** From the right, where our own proxy wrote, to the first address that is none of its kind. */
  private Client nearestUntrusted(InetAddress proxy, List<Optional<InetAddress>> chain) {
    InetAddress nearest = proxy;
    for (Optional<InetAddress> hop : chain.reversed()) {
      if (hop.isEmpty()) {
        return new Client(nearest, /* isHidden= */ true);
      }
      nearest = hop.get();
      if (!isTrusted(nearest)) {
        return new Client(nearest, /* isHidden= */ false);
      }
    }
    return new Client(nearest, /* isHidden= */ chain.isEmpty());
  }

  private boolean isTrusted(InetAddress address) {
    return trustedProxies.stream().anyMatch(block -> block.contains(address));
  }
}
