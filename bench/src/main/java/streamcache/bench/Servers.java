package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the servers under measurement. The caller closes them. */
final class Servers {

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

  /**
   * Starts a built distribution with an empty cache.
   *
   * @param folder the cache and the configuration are created in it
   */
  static MeasuredServer product(Path distribution, Path folder, int port) throws IOException {
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
    return MeasuredServer.start("streamcache", command, environment, port, PeerLinks.film(""));
  }
}
