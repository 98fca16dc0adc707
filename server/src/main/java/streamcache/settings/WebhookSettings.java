package streamcache.settings;

import java.util.Optional;

/**
 * The program that events are posted to.
 *
 * @param secret signs the posts; empty: they are not signed
 */
public record WebhookSettings(Endpoint url, Optional<SecretText> secret) {}
