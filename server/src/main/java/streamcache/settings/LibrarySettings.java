package streamcache.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * What the server does with the library.
 *
 * @param wrapped folders whose {@code .strm} files are given links; may be empty
 * @param nextEpisode which next episodes are fetched before anybody plays them
 * @param prewarmAdded maximum titles fetched each night of those added the day before; 0 for none
 */
public record LibrarySettings(
    List<Path> wrapped, NextEpisodeSettings nextEpisode, int prewarmAdded) {

  public LibrarySettings {
    wrapped = List.copyOf(wrapped);
  }

  /** Nothing is fetched before anybody plays it. */
  public LibrarySettings(List<Path> wrapped) {
    this(wrapped, NextEpisodeSettings.NONE, /* prewarmAdded= */ 0);
  }

  static LibrarySettings read(Sources sources) {
    return new LibrarySettings(
        sources.read(SettingsTable.STRM_WRAP).orElse(List.of()),
        NextEpisodeSettings.read(sources),
        sources.value(SettingsTable.PREWARM_ADDED));
  }
}
