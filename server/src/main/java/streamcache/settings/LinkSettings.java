package streamcache.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How links are made, and which clients may use which form.
 *
 * @param requireSigned from which clients plain links are refused
 * @param trustedProxies proxies whose statement about the client address is trusted
 * @param keyFile the master keys; created at the first start
 * @param keyFileNamed whether the setting names the file: the server then does not start without it
 * @param baseUrl where players reach this server; empty: its host name and port
 */
public record LinkSettings(
    RequireSigned requireSigned,
    List<EgressEntry.Block> trustedProxies,
    Path keyFile,
    boolean keyFileNamed,
    Optional<BaseUrl> baseUrl) {

  public LinkSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  static LinkSettings read(Sources sources, Path configFolder, Optional<BaseUrl> baseUrl) {
    Optional<Path> keyFile = sources.read(SettingsTable.SECRET_KEY_FILE);
    return new LinkSettings(
        sources.value(SettingsTable.REQUIRE_SIGNED),
        sources.read(SettingsTable.TRUSTED_PROXIES).orElse(List.of()),
        keyFile.orElseGet(() -> configFolder.resolve("secret.key")),
        keyFile.isPresent(),
        baseUrl);
  }
}
