package streamcache.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;
import streamcache.admin.Admin;
import streamcache.http.ListenException;
import streamcache.http.Listener;
import streamcache.http.OperatorRouter;
import streamcache.settings.ListenSettings;
import streamcache.settings.RoomSettings;

/**
 * The port of the operator's page and the API if it is not that of the players ({@code
 * ADMIN_BIND}). Owned by the server.
 *
 * @param listener empty if the players' port serves them
 */
record AdminPort(Optional<Listener> listener) implements AutoCloseable {

  /**
   * @throws ListenException the address cannot be listened on
   */
  static AdminPort open(RoomSettings settings, Admin admin) throws IOException {
    if (settings.admin().bind().isEmpty()) {
      return new AdminPort(Optional.empty());
    }
    ListenSettings own = settings.listen().at(settings.admin().bind().get());
    try {
      OperatorRouter router = new OperatorRouter(Admin::takes, admin);
      return new AdminPort(Optional.of(Listener.start(own, settings.tls(), router)));
    } catch (ListenException e) {
      throw ListenException.ofAdmin(own, e);
    }
  }

  /** What the players' port serves of them: all, or nothing. */
  static Predicate<String> onPlayersPort(RoomSettings settings) {
    return settings.admin().bind().isPresent() ? _ -> false : Admin::takes;
  }

  Optional<InetSocketAddress> address() {
    return listener.map(Listener::address);
  }

  /** The port; 0 if it has none of its own. */
  int port() {
    return address().map(InetSocketAddress::getPort).orElse(0);
  }

  @Override
  public void close() {
    listener.ifPresent(Listener::close);
  }
}
