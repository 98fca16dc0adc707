package streamcache.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads all settings for one content of {@code streamcache.conf}, with the flags and the
 * environment that the process was started with. Immutable; any thread.
 */
public final class SettingsReader {

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final Folders folders;

  SettingsReader(Map<String, String> flags, Map<String, String> environment, Folders folders) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
    this.folders = folders;
  }

  /**
   * The settings that a start would read if the file had this content. Looks at the folders and
   * files that the settings name; does not read the file itself.
   *
   * @throws SettingsException with the sentences that the start would print
   */
  public Settings read(byte[] content) throws SettingsException {
    Sources sources = outsideFile();
    Path folder = configFolder(sources);
    sources.addFile(folder, content);
    return Settings.of(sources, folder, this);
  }

  /** The file that it is about, whether or not it exists. */
  public Path file() {
    return configFolder(outsideFile()).resolve(ConfigFile.NAME);
  }

  /** The flag or the environment that sets a setting and so takes precedence over the file. */
  public Optional<String> outside(Setting<?> setting) {
    return outsideFile().given(setting).map(Sources.Given::where);
  }

  Sources outsideFile() {
    Sources sources = new Sources();
    sources.addFlags(flags);
    sources.addEnvironment(environment);
    return sources;
  }

  Path configFolder(Sources sources) {
    return sources.read(SettingsTable.CONFIG_DIR).orElseGet(() -> folders.config(environment));
  }

  Path cacheFolder(Sources sources) {
    return sources.read(SettingsTable.CACHE_DIR).orElseGet(() -> folders.cache(environment));
  }

  /** The environment holds secrets. */
  @Override
  public String toString() {
    return "SettingsReader[" + ConfigFile.NAME + "]";
  }
}
