package streamcache.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Starts the servers under measurement. The caller closes them. */
final class Servers {

  private static final int NGINX_CACHE_PORT = 28395;
  private static final int VARNISH_PORT = 28396;

  private Servers() {}

  /**
   * Starts nginx, as the provider and as the server to compare with.
   *
   * @param folder holds the film; nginx writes its configuration and temporary files there
   */
  static MeasuredServer nginx(Path folder) throws IOException {
    Path config = folder.resolve("nginx.conf");
    Files.writeString(config, MeasuredFilm.nginxConfig(folder, PeerLinks.PROVIDER_PORT));
    List<String> command = List.of("nginx", "-c", config.toString(), "-g", "daemon off;");
    return MeasuredServer.start(
        "nginx", command, Map.of(), PeerLinks.PROVIDER_PORT, "/" + MeasuredFilm.NAME);
  }

  /** Starts a second nginx, as a caching proxy before the first. */
  static MeasuredServer nginxCache(Path folder) throws IOException {
    Path own = Files.createDirectory(folder.resolve("nginx-cache"));
    Path config = own.resolve("nginx.conf");
    Files.writeString(
        config, MeasuredFilm.nginxCacheConfig(own, NGINX_CACHE_PORT, PeerLinks.PROVIDER_PORT));
    List<String> command = List.of("nginx", "-c", config.toString(), "-g", "daemon off;");
    return MeasuredServer.start(
        "nginx proxy_cache", command, Map.of(), NGINX_CACHE_PORT, "/" + MeasuredFilm.NAME);
  }

  /** Starts Varnish with a cache in memory; empty where it is not installed. */
  static Optional<MeasuredServer> varnish(Path folder) throws IOException {
    List<String> command =
        List.of(
            "varnishd",
            "-F",
            "-a",
            "127.0.0.1:" + VARNISH_PORT,
            "-b",
            "127.0.0.1:" + PeerLinks.PROVIDER_PORT,
            "-s",
            "malloc,3G",
            "-n",
            Files.createDirectory(folder.resolve("varnish")).toString());
    if (!isInstalled("varnishd")) {
      return Optional.empty();
    }
    return Optional.of(
        MeasuredServer.start("Varnish", command, Map.of(), VARNISH_PORT, "/" + MeasuredFilm.NAME));
  }

  /**
   * Starts a built distribution with an empty cache.
   *
   * @param folder the cache and the configuration are created in it
   */
  static MeasuredServer product(Path distribution, Path folder, int port) throws IOException {
    return product(distribution, folder, port, UnaryOperator.identity());
  }

  /**
   * @param around what runs the command that it is given
   */
  static MeasuredServer product(
      Path distribution, Path folder, int port, UnaryOperator<List<String>> around)
      throws IOException {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("PORT", Integer.toString(port)),
            Map.entry("BIND", "127.0.0.1"),
            Map.entry("CACHE_DIR", folder.resolve("cache").toString()),
            Map.entry("CONFIG_DIR", folder.resolve("config").toString()),
            Map.entry("CACHE_MAX_BYTES", "20GB"),
            Map.entry("CACHE_MIN_FREE_BYTES", "0"),
            Map.entry("CLIENT_NEW_TITLES", "100000"),
            Map.entry("CLIENT_STREAMS", "0"),
            Map.entry("PROVIDER_MAX_CONNECTIONS", "64"),
            Map.entry("EGRESS_ALLOW", "127.0.0.1"));
    List<String> command = List.of(distribution.resolve("bin/streamcache").toString());
    return MeasuredServer.start(
        "streamcache", around.apply(command), environment, port, PeerLinks.film(""));
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
