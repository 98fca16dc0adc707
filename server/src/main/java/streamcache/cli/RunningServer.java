package streamcache.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import streamcache.settings.AdminBind;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.store.StoreFolder;

/**
 * The settings of the server that runs on a cache folder, as far as commands need them: where it
 * listens, what its links begin with, and which key makes them. The server writes them into the
 * lock of the folder, and commands use them in place of their own.
 */
final class RunningServer {

  private static final String PORT = "PORT";
  private static final String BIND = "BIND";
  private static final String ADMIN = "ADMIN_BIND";
  private static final String BASE_URL = "BASE_URL";
  private static final String CERTIFICATE = "TLS_CERT";
  private static final String CERTIFICATE_KEY = "TLS_KEY";
  private static final String CONFIG_FOLDER = "CONFIG_DIR";
  private static final String KEY_FILE = "SECRET_KEY_FILE";

  /** Other lines are of a later version. */
  private static final List<String> KNOWN =
      List.of(PORT, BIND, ADMIN, BASE_URL, CERTIFICATE, CERTIFICATE_KEY, CONFIG_FOLDER, KEY_FILE);

  private static final Set<String> PATHS =
      Set.of(CERTIFICATE, CERTIFICATE_KEY, CONFIG_FOLDER, KEY_FILE);

  private RunningServer() {}

  /**
   * What a server tells commands. Paths only: the files hold the secrets.
   *
   * @param port the port that it listens on
   * @param adminPort that of the page and the API; 0 if it is the same
   */
  static Map<String, String> told(Settings settings, int port, int adminPort) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put(PORT, Integer.toString(port));
    told.put(BIND, settings.listen().bind());
    settings
        .admin()
        .bind()
        .ifPresent(place -> told.put(ADMIN, new AdminBind(place.bind(), adminPort).toString()));
    settings.link().baseUrl().ifPresent(url -> told.put(BASE_URL, url.toString()));
    settings
        .tls()
        .ifPresent(tls -> {
          told.put(CERTIFICATE, absolute(tls.certificate()));
          told.put(CERTIFICATE_KEY, absolute(tls.key()));
        });
    told.put(CONFIG_FOLDER, absolute(settings.configFolder()));
    told.put(KEY_FILE, absolute(settings.link().keyFile()));
    told.values().removeIf(value -> value.isEmpty() || !value.lines().skip(1).toList().isEmpty());
    return told;
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /**
   * The settings of a command, with those of the running server in place of all but its flags. Its
   * own if no server runs on its cache folder or can be reached as it says, such as one behind a
   * mapped port. Blocks for up to some seconds.
   *
   * @param own the settings that result from the flags and the environment
   */
  static Settings settings(
      Settings own, Map<String, String> flags, Map<String, String> environment) {
    Map<String, String> told = new StoreFolder(own.store().folder()).told();
    if (told.isEmpty()) {
      return own;
    }
    Map<String, String> all = new HashMap<>();
    KNOWN.stream()
        .filter(name -> told.containsKey(name) && isHere(name, told.get(name)))
        .forEach(name -> all.put(flag(name), told.get(name)));
    all.putAll(flags);
    try {
      Settings served = Settings.load(all, environment);
      boolean isOther = !HealthCommand.isWell(served) && HealthCommand.isWell(own);
      return isOther ? own : served;
    } catch (SettingsException e) {
      return own; // A file of the server is not for this user; the command says so.
    }
  }

  /** The files of a server in a container may be elsewhere here. */
  private static boolean isHere(String name, String value) {
    return !PATHS.contains(name) || !Files.notExists(Path.of(value));
  }

  private static String flag(String name) {
    return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
