package streamcache.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may use the API, and what it says about the settings.
 *
 * @param token the operator's; empty: the one in the folder, which is made at the first start
 * @param bind where the page and the API listen; empty: at the port of the players
 * @param folder where that token and the keys of the API are kept
 * @param effective every setting with its value and its source
 * @param reader reads the settings again after a change of streamcache.conf
 */
public record AdminSettings(
    Optional<SecretText> token,
    Optional<AdminBind> bind,
    Path folder,
    List<Effective> effective,
    SettingsReader reader) {

  public AdminSettings {
    effective = List.copyOf(effective);
  }

  /** Of a server that was started without flags and environment. */
  public AdminSettings(
      Optional<SecretText> token,
      Optional<AdminBind> bind,
      Path folder,
      List<Effective> effective) {
    this(
        token,
        bind,
        folder,
        effective,
        new SettingsReader(
            Map.of(SettingsTable.CONFIG_DIR.name(), folder.toString()),
            Map.of(),
            Folders.ofThisMachine()));
  }

  static AdminSettings read(
      Sources sources, Path folder, List<Effective> effective, SettingsReader reader) {
    return new AdminSettings(
        sources.read(SettingsTable.ADMIN_TOKEN),
        sources.read(SettingsTable.ADMIN_BIND),
        folder,
        effective,
        reader);
  }
}
