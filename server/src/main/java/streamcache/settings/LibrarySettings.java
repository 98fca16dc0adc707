package streamcache.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * What the server does with the library.
 *
 * @param wrapped folders whose {@code .strm} files are given links; may be empty
 */
public record LibrarySettings(List<Path> wrapped) {

  public LibrarySettings {
    wrapped = List.copyOf(wrapped);
  }

  static LibrarySettings read(Sources sources) {
    return new LibrarySettings(sources.read(SettingsTable.STRM_WRAP).orElse(List.of()));
  }
}
