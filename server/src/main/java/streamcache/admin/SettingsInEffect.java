package streamcache.admin;

import java.util.List;
import streamcache.settings.Effective;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.Settings;

/** The settings that the server runs with at this moment. Any thread; does not block. */
public interface SettingsInEffect {

  /** Every setting with its value and its source. */
  List<Effective> effective();

  /** The settings of single providers. */
  ProviderBlocks providers();

  /** Puts into effect what can be changed while the server runs. One thread at a time. */
  void apply(Settings next);
}
