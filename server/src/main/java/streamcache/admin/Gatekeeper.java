package streamcache.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.playback.Request;
import streamcache.settings.SecretText;

/**
 * Decides which role a request has, by its token: that of the operator, or a key. On the request's
 * virtual thread, which waits while the file of the keys is read.
 */
final class Gatekeeper {

  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([!-~]{1,1024})");

  private final Optional<SecretText> operator;
  private final ApiKeys keys;
  private final AttemptLimit attempts;

  /**
   * @param operator the operator's token; empty if there is none
   */
  Gatekeeper(Optional<SecretText> operator, ApiKeys keys, AttemptLimit attempts) {
    this.operator = operator;
    this.keys = keys;
    this.attempts = attempts;
  }

  /**
   * @param client the address that wrong tokens are counted by
   * @throws ApiException if the request has no token, or a wrong one
   */
  Role admit(Request request, InetAddress client) throws ApiException {
    var rest = attempts.rest(client);
    if (rest.isPositive()) {
      throw ApiException.tooManyAttempts(rest);
    }
    String written = request.headers().first("Authorization").orElse("");
    if (written.isEmpty()) {
      throw ApiException.unauthorized("Send a token: Authorization: Bearer TOKEN.");
    }
    Optional<Role> role = role(written);
    if (role.isEmpty()) {
      attempts.failed(client);
      LOG.warn("event=api.wrong-token request={}", request.id());
      throw ApiException.unauthorized("This token is not valid.");
    }
    return role.get();
  }

  private Optional<Role> role(String written) {
    Matcher bearer = BEARER.matcher(written);
    if (!bearer.matches()) {
      return Optional.empty();
    }
    TokenDigest presented = TokenDigest.of(bearer.group(1));
    if (operator.filter(own -> TokenDigest.of(own.reveal()).isOf(presented)).isPresent()) {
      return Optional.of(Role.OPERATE);
    }
    return FileThread.call(() -> key(presented)).map(ApiKey::role);
  }

  private Optional<ApiKey> key(TokenDigest presented) {
    try {
      return keys.of(presented);
    } catch (IOException e) {
      LOG.warn("event=api.keys-unreadable error={}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
