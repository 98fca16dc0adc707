package streamcache.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may use the API, and what it says about the settings.
 *
 * @param token the operator's; empty: the one in the folder, which is made at the first start
 * @param bind where the page and the API listen; empty: at the port of the players
 * @param folder where that token and the keys of the API are kept
 * @param effective every setting with its value and its source
 */
public record AdminSettings(
    Optional<SecretText> token, Optional<AdminBind> bind, Path folder, List<Effective> effective) {

  public AdminSettings {
    effective = List.copyOf(effective);
  }

  static AdminSettings read(Sources sources, Path folder, List<Effective> effective) {
    return new AdminSettings(
        sources.read(SettingsTable.ADMIN_TOKEN),
        sources.read(SettingsTable.ADMIN_BIND),
        folder,
        effective);
  }
}
