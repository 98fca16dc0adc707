package streamcache.settings;

import java.util.Optional;

/**
 * What each room of the server is built from; everything but how the process itself behaves.
 *
 * @param tls empty for a port that speaks in clear
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
    Optional<TlsSettings> tls) {}
