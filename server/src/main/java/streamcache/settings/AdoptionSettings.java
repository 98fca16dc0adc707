package streamcache.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The cache of the nginx version from which finished titles are adopted.
 *
 * @param folder the folder that it had as its volume; it contains {@code files}
 * @param isTrusted whether titles are adopted without comparing them with their provider's file
 */
public record AdoptionSettings(Path folder, boolean isTrusted) {

  static Optional<AdoptionSettings> read(Sources sources) {
    boolean isTrusted = sources.value(SettingsTable.ADOPT_TRUST);
    boolean _ = sources.isHalf(SettingsTable.ADOPT_TRUST, SettingsTable.ADOPT_FROM);
    return sources
        .read(SettingsTable.ADOPT_FROM)
        .map(folder -> new AdoptionSettings(folder, isTrusted));
  }
}
