package streamcache.settings;

import java.util.Optional;

/**
 * The program that events are posted to.
 *
 * @param secret signs the posts; empty: they are not signed
 */
public record WebhookSettings(Endpoint url, Optional<SecretText> secret) {
  static Optional<WebhookSettings> read(Sources sources) {
    Optional<Endpoint> url = sources.read(SettingsTable.WEBHOOK_URL);
    Optional<SecretText> secret = sources.read(SettingsTable.WEBHOOK_SECRET);
    return sources.isHalf(SettingsTable.WEBHOOK_SECRET, SettingsTable.WEBHOOK_URL)
        ? Optional.empty()
        : url.map(where -> new WebhookSettings(where, secret));
  }
}
