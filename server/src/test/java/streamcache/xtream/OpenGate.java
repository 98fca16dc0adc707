package streamcache.xtream;

import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import streamcache.link.Link;
import streamcache.origin.Call;
import streamcache.origin.HttpOrigin;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;

/** Sends every request at once, from any address, except while a test says that it is in use. */
final class OpenGate implements PanelGate, AutoCloseable {

  private final HttpOrigin origin;
  private final AtomicInteger inUse = new AtomicInteger();
  private final List<Integer> limits = new ArrayList<>();

  OpenGate() {
    try {
      origin =
          new HttpOrigin(
              Settings.load(Map.of("CONFIG_DIR", "/nowhere"), Map.of()).fill(),
              (_, addresses) -> addresses,
              "Test/1",
              ProviderProfiles.inMemory(InstantSource.system()));
    } catch (SettingsException e) {
      throw new AssertionError(e);
    }
  }

  /** A player uses the account for the next {@code times} requests. */
  void inUse(int times) {
    inUse.set(times);
  }

  List<Integer> limits() {
    return limits;
  }

  @Override
  public boolean copy(Link account, Link page, OutputStream to) throws OriginException {
    if (inUse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return false;
    }
    origin.pages().copy(page, to, new Call());
    return true;
  }

  @Override
  public void limit(Link account, int connections) {
    limits.add(connections);
  }

  @Override
  public void close() {
    origin.close();
  }
}
