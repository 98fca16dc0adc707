package streamcache.settings;

/**
 * The limits for the players behind one address.
 *
 * @param streams concurrent responses; 0 for no limit
 * @param newTitles titles a minute that the cache does not know; 0 for no limit
 */
public record ClientSettings(int streams, int newTitles) {
  static ClientSettings read(Sources sources) {
    return new ClientSettings(
        sources.value(SettingsTable.CLIENT_STREAMS),
        sources.value(SettingsTable.CLIENT_NEW_TITLES));
  }
}
