package streamcache.settings;

/**
 * Which next episodes are fetched before anybody plays them.
 *
 * @param share percent of an episode after which the next one is fetched; 0 for never
 * @param isWhole whether all of it is fetched, not only its head and its end
 */
public record NextEpisodeSettings(int share, boolean isWhole) {

  /** None is fetched. */
  static final NextEpisodeSettings NONE =
      new NextEpisodeSettings(/* share= */ 0, /* isWhole= */ false);

  static NextEpisodeSettings read(Sources sources) {
    return new NextEpisodeSettings(
        sources.value(SettingsTable.PREWARM_NEXT), sources.value(SettingsTable.PREWARM_NEXT_ALL));
  }

  /** Whether any is fetched. */
  public boolean isOn() {
    return share > 0;
  }
}
