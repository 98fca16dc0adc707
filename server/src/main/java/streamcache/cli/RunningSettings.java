package streamcache.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import streamcache.admin.SettingsInEffect;
import streamcache.fill.Fills;
import streamcache.http.PlayHandler;
import streamcache.origin.HttpOrigin;
import streamcache.playback.Playbacks;
import streamcache.settings.ChangedSettings;
import streamcache.settings.Effective;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.RoomSettings;
import streamcache.settings.Settings;
import streamcache.store.Store;

/**
 * The settings that the rooms run with, and their way to the rooms when the operator changes them.
 * Made by {@link Server}; changed by one thread at a time, read by any.
 */
final class RunningSettings implements SettingsInEffect {

  private final Store store;
  private final HttpOrigin origin;
  private final Fills fills;
  private final Playbacks playbacks;
  private volatile @Nullable PlayHandler players;
  private volatile FillSettings fill;
  private volatile List<Effective> effective;

  RunningSettings(
      RoomSettings started, Store store, HttpOrigin origin, Fills fills, Playbacks playbacks) {
    this.store = store;
    this.origin = origin;
    this.fills = fills;
    this.playbacks = playbacks;
    this.fill = started.fill();
    this.effective = started.admin().effective();
  }

  /** The part that is made last. */
  void players(PlayHandler handler) {
    players = handler;
  }

  FillSettings fill() {
    return fill;
  }

  @Override
  public List<Effective> effective() {
    return effective;
  }

  @Override
  public ProviderBlocks providers() {
    return fill.providers();
  }

  @Override
  public void apply(Settings next) {
    FillSettings changed = ChangedSettings.fill(fill, next.fill());
    fill = changed;
    effective = ChangedSettings.effective(effective, next.effective());
    origin.change(changed);
    fills.change(changed);
    playbacks.change(changed);
    store.change(ChangedSettings.store(store.settings(), next.store()));
    PlayHandler handler = players;
    if (handler != null) {
      handler.change(next.clients());
    }
  }
}
