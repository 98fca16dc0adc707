package streamcache.settings;

import java.util.Optional;

/**
 * Who else is told of what happens here.
 *
 * @param secret signs what is sent; empty: it is not signed
 */
public record WebhookSettings(Endpoint url, Optional<SecretText> secret) {}
