package streamcache.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the server listens for players, and its time limits.
 *
 * @param bind address to listen on; empty for all
 * @param port 0 to 65535; 0 lets the system choose
 * @param clientIdleMax a player that reads no byte for this long is disconnected
 * @param headWithin request headers that are not complete by then are answered with 408
 * @param drainWithin how long players may finish after SIGTERM
 * @param basePath the path under which a reverse proxy may serve everything, such as {@code
 *     /films}; empty text for none
 */
public record ListenSettings(
    String bind,
    int port,
    Duration clientIdleMax,
    Duration headWithin,
    Duration drainWithin,
    String basePath) {

  /** The same for another place. */
  public ListenSettings at(AdminBind place) {
    String own = place.bind().isEmpty() ? bind : place.bind();
    return new ListenSettings(own, place.port(), clientIdleMax, headWithin, drainWithin, basePath);
  }

  static ListenSettings read(Sources sources, Optional<BaseUrl> baseUrl) {
    return new ListenSettings(
        sources.value(SettingsTable.BIND),
        sources.value(SettingsTable.PORT),
        sources.value(SettingsTable.CLIENT_IDLE_MAX),
        sources.value(SettingsTable.HEAD_WITHIN),
        sources.value(SettingsTable.DRAIN_WITHIN),
        baseUrl.map(BaseUrl::path).orElse(""));
  }
}
