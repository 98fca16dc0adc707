package streamcache.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The default folders: those of the system if this user may write there, else those of the user by
 * the XDG rules. Accesses the disk, at start only.
 *
 * @param usable whether a folder exists or can be created, and is writable
 */
record Folders(Predicate<Path> usable) {

  private static final Path SYSTEM_CACHE = Path.of("/var/cache/streamcache");
  private static final Path SYSTEM_CONFIG = Path.of("/etc/streamcache");

  static Folders ofThisMachine() {
    return new Folders(Folders::isUsable);
  }

  Path cache(Map<String, String> environment) {
    return usable.test(SYSTEM_CACHE)
        ? SYSTEM_CACHE
        : own(environment, "XDG_CACHE_HOME", Path.of(".cache"));
  }

  /** A system folder that only contains the file counts too: services may not write in /etc. */
  Path config(Map<String, String> environment) {
    boolean system =
        usable.test(SYSTEM_CONFIG) || Files.isReadable(SYSTEM_CONFIG.resolve(ConfigFile.NAME));
    return system ? SYSTEM_CONFIG : own(environment, "XDG_CONFIG_HOME", Path.of(".config"));
  }

  private static Path own(Map<String, String> environment, String variable, Path standard) {
    // The XDG rules say that a relative path is ignored.
    return Optional.ofNullable(environment.get(variable))
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .orElseGet(() -> home(environment).resolve(standard))
        .resolve("streamcache");
  }

  private static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "")))
        .toAbsolutePath();
  }

  private static boolean isUsable(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return Files.isDirectory(existing) && Files.isWritable(existing);
  }
}
