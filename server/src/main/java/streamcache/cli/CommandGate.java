package streamcache.cli;

import java.io.OutputStream;
import java.util.function.Supplier;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.origin.OriginException;
import streamcache.settings.Settings;
import streamcache.store.StoreFolder;
import streamcache.xtream.PanelGate;

/**
 * The gate of a command, which asks a server whenever one runs on the same cache folder: it may
 * start or stop during an import. One thread; blocks. Its owner closes it.
 */
final class CommandGate implements PanelGate, AutoCloseable {

  private final Settings settings;
  private final Supplier<Settings> running;
  private final Links links;
  private final DirectGate direct;

  /**
   * @param running the settings of the server that runs at the moment
   * @param links makes links with the key of the server
   */
  CommandGate(Settings settings, Supplier<Settings> running, Links links) {
    this.settings = settings;
    this.running = running;
    this.links = links;
    this.direct = new DirectGate(settings);
  }

  @Override
  public boolean copy(Link account, Link page, OutputStream to) throws OriginException {
    return current().copy(account, page, to);
  }

  @Override
  public void limit(Link account, int connections) {
    current().limit(account, connections);
  }

  private PanelGate current() {
    return new StoreFolder(settings.store().folder()).isInUse()
        ? new ServerGate(running.get(), links)
        : direct;
  }

  @Override
  public void close() {
    direct.close();
  }
}
