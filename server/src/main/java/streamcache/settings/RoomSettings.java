package streamcache.settings;

import java.util.Optional;

/**
 * The settings that the packages of the server are built from: all except those of the process
 * itself.
 *
 * @param tls empty for a port without TLS
 * @param cluster empty for a server that is alone
 */
public record RoomSettings(
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
    Optional<ClusterSettings> cluster) {

  /** Of a server that is alone. */
  public RoomSettings(
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
      AdminSettings admin) {
    this(
        store,
        fill,
        listen,
        link,
        trouble,
        seerr,
        webhook,
        clients,
        tls,
        library,
        imports,
        admin,
        /* cluster= */ Optional.empty());
  }
}
