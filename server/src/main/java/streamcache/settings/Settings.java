package streamcache.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings, as they are read at start and whenever the operator changes one.
 *
 * @param configFolder where streamcache.conf is read from and keys are kept
 * @param effective every setting with its value and its source, in the order of the table
 * @param warnings sentences to log once: settings that are unknown, replaced, not yet supported or
 *     without effect
 */
public record Settings(
    StoreSettings store,
    FillSettings fill,
    ListenSettings listen,
    LinkSettings link,
    TroubleSettings trouble,
    Optional<SeerrSettings> seerr,
    Optional<WebhookSettings> webhook,
    ClientSettings clients,
    Optional<TlsSettings> tls,
    LibrarySettings library,
    ImportSettings imports,
    AdminSettings admin,
    Optional<ClusterSettings> cluster,
    LogSettings log,
    Path configFolder,
    List<Effective> effective,
    List<String> warnings) {

  public Settings {
    effective = List.copyOf(effective);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads flags, the environment, and {@code streamcache.conf} in the configuration folder; the
   * former take precedence over the latter.
   *
   * @param flags name ({@code --cache-dir}, {@code cache-dir} or {@code CACHE_DIR}) to value
   * @param environment the variables of the process
   * @throws SettingsException with a sentence for every error
   */
  public static Settings load(Map<String, String> flags, Map<String, String> environment)
      throws SettingsException {
    return load(flags, environment, Folders.ofThisMachine());
  }

  static Settings load(Map<String, String> flags, Map<String, String> environment, Folders folders)
      throws SettingsException {
    SettingsReader reader = new SettingsReader(flags, environment, folders);
    Sources sources = reader.outsideFile();
    Path configFolder = reader.configFolder(sources);
    sources.addFile(configFolder);
    return of(sources, configFolder, reader);
  }

  /** Reads what the sources hold. */
  static Settings of(Sources sources, Path configFolder, SettingsReader reader)
      throws SettingsException {
    Path cacheFolder = reader.cacheFolder(sources);
    Optional<BaseUrl> baseUrl = sources.read(SettingsTable.BASE_URL);
    List<Effective> effective = effective(sources, cacheFolder, configFolder);
    Settings settings =
        new Settings(
            StoreSettings.read(sources, cacheFolder),
            FillSettings.read(sources),
            ListenSettings.read(sources, baseUrl),
            LinkSettings.read(sources, configFolder, baseUrl),
            TroubleSettings.read(sources),
            SeerrSettings.read(sources),
            WebhookSettings.read(sources),
            ClientSettings.read(sources),
            TlsSettings.read(sources),
            LibrarySettings.read(sources),
            ImportSettings.read(sources),
            AdminSettings.read(sources, configFolder, effective, reader),
            ClusterSettings.read(sources),
            LogSettings.read(sources),
            configFolder,
            effective,
            sources.warnings());
    if (!sources.problems().isEmpty()) {
      throw new SettingsException(sources.problems());
    }
    return settings;
  }

  /** The settings that the server is built from. */
  public RoomSettings rooms() {
    return new RoomSettings(
        store, fill, listen, link, trouble, seerr, webhook, clients, tls, library, imports, admin,
        cluster);
  }

  private static List<Effective> effective(Sources sources, Path cache, Path config) {
    Map<String, String> computed =
        Map.of(
            SettingsTable.CACHE_DIR.name(), cache.toString(),
            SettingsTable.CONFIG_DIR.name(), config.toString());
    List<Effective> all = new ArrayList<>();
    for (Setting<?> setting : SettingsTable.all()) {
      Optional<Sources.Given> given = sources.given(setting);
      Optional<String> standard =
          setting.computed()
              ? Optional.ofNullable(computed.get(setting.name()))
              : Optional.of(setting.standard());
      all.add(
          new Effective(
              setting,
              given.map(Sources.Given::value).or(() -> standard),
              given.map(Sources.Given::where).orElse("default")));
    }
    return all;
  }
}
