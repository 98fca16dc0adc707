package streamcache.cli;

import java.io.OutputStream;
import java.time.InstantSource;
import streamcache.link.Link;
import streamcache.origin.Call;
import streamcache.origin.EgressPolicy;
import streamcache.origin.HttpOrigin;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.settings.Settings;
import streamcache.store.StoreFolder;
import streamcache.xtream.PanelGate;

/**
 * The gate of a command while no server runs: nobody else uses the account here, so each request is
 * sent at once, one at a time. One thread; blocks. Its owner closes it.
 */
final class DirectGate implements PanelGate, AutoCloseable {

  private final Settings settings;
  private final HttpOrigin origin;

  DirectGate(Settings settings) {
    this.settings = settings;
    this.origin =
        new HttpOrigin(
            settings.fill(),
            new EgressPolicy(settings.fill().egress(), () -> settings.listen().port()),
            Server.AGENT,
            ProviderProfiles.inMemory(InstantSource.system()));
  }

  @Override
  public boolean copy(Link account, Link page, OutputStream to) throws OriginException {
    origin.pages().copy(page, to, new Call());
    return true;
  }

  @Override
  public void limit(Link account, int connections) {
    if (!new StoreFolder(settings.store().folder()).isStore()) {
      return;
    }
    ProviderProfiles profiles =
        ProviderProfiles.open(
            settings.store().folder().resolve(Server.HABITS), InstantSource.system());
    profiles.learn(account.account(), known -> known.allowing(known.limit().stating(connections)));
    profiles.save();
  }

  @Override
  public void close() {
    origin.close();
  }
}
