package streamcache.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamcache.link.AddressBlock;
import streamcache.playback.RelayedClient;
import streamcache.playback.Request;
import streamcache.settings.LinkSettings;

/**
 * Determines the client of a request. Anyone can write a forwarding field, so it counts only from a
 * trusted proxy; from any other peer it means that the client is unknown. If a proxy sends several
 * kinds of field, the player may have supplied one of them: the client counts as local only if all
 * of them say so. Any thread.
 */
public final class Clients {

  private final List<AddressBlock> trustedProxies;

  Clients(List<AddressBlock> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  public static Clients of(LinkSettings settings) {
    return new Clients(
        settings.trustedProxies().stream()
            .map(block -> new AddressBlock(block.network(), block.bits()))
            .toList());
  }

  /** The player's address, or the proxy's when the proxy hides it. */
  public InetAddress address(Request request) {
    return of(request).address();
  }

  /** That address, or one for all devices of an IPv6 line. */
  public InetAddress line(Request request) {
    return Peer.line(address(request));
  }

  /** Whether the client is known to be on this machine or on its private network. */
  public boolean isAtHome(Request request) {
    return of(request).isAtHome();
  }

  /** The client as another node is to see it. */
  public RelayedClient relayed(Request request) {
    Client client = of(request);
    return new RelayedClient(client.address(), client.isHidden());
  }

  Client of(Request request) {
    if (request.relayed().isPresent()) {
      RelayedClient player = request.relayed().get();
      return new Client(player.address(), player.isHidden());
    }
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

  /**
   * Walks the chain from the right, where the trusted proxy wrote, to the first untrusted address.
   */
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
