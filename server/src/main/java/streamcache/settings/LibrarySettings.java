package streamcache.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * What the server does with the library.
 *
 * @param wrapped folders whose {@code .strm} files are given links; may be empty
 * @param nextEpisode which next episodes are fetched before anybody plays them
 */
public record LibrarySettings(List<Path> wrapped, NextEpisodeSettings nextEpisode) {

  public LibrarySettings {
    wrapped = List.copyOf(wrapped);
  }

  /** Without next episodes. */
  public LibrarySettings(List<Path> wrapped) {
    this(wrapped, NextEpisodeSettings.NONE);
  }

  static LibrarySettings read(Sources sources) {
    return new LibrarySettings(
        sources.read(SettingsTable.STRM_WRAP).orElse(List.of()), NextEpisodeSettings.read(sources));
  }
}
