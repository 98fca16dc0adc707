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
 * Decides which role a request has, by its token: that of the operator, a key, or that with which a
 * browser has begun a session. On the request's virtual thread, which waits while the file of the
 * keys is read.
 */
final class Gatekeeper {

  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([!-~]{1,1024})");

  /** Set by the page's own script only: a page of another site cannot without being asked first. */
  private static final String OWN_SCRIPT = "X-Requested-With";

  private static final String OWN_SCRIPT_VALUE = "streamcache";

  /** Whom a request is from. */
  private record Admitted(TokenDigest token, Role role) {}

  private final Optional<SecretText> operator;
  private final ApiKeys keys;
  private final AttemptLimit attempts;
  private final Sessions sessions;

  /**
   * @param operator the operator's token; empty if there is none
   */
  Gatekeeper(
      Optional<SecretText> operator, ApiKeys keys, AttemptLimit attempts, Sessions sessions) {
    this.operator = operator;
    this.keys = keys;
    this.attempts = attempts;
    this.sessions = sessions;
  }

  /**
   * @param client the address that wrong tokens are counted by
   * @throws ApiException if the request has no token, or a wrong one
   */
  Role admit(Request request, InetAddress client) throws ApiException {
    return check(request, client).role();
  }

  /** The token by which {@link #admit} admits the request. */
  TokenDigest token(Request request, InetAddress client) throws ApiException {
    return check(request, client).token();
  }

  private Admitted check(Request request, InetAddress client) throws ApiException {
    String written = request.headers().first("Authorization").orElse("");
    if (written.isEmpty()) {
      return bySession(request);
    }
    var rest = attempts.rest(client);
    if (rest.isPositive()) {
      throw ApiException.tooManyAttempts(rest);
    }
    Optional<Admitted> admitted = bearer(written).flatMap(this::admitted);
    if (admitted.isEmpty()) {
      attempts.failed(client);
      LOG.warn("event=api.wrong-token request={}", request.id());
      throw ApiException.unauthorized("This token is not valid.");
    }
    return admitted.get();
  }

  private Admitted bySession(Request request) throws ApiException {
    Admitted admitted =
        SessionCookie.of(request)
            .flatMap(sessions::token)
            .flatMap(this::admitted)
            .orElseThrow(
                () -> ApiException.unauthorized("Send a token: Authorization: Bearer TOKEN."));
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    String script = request.headers().first(OWN_SCRIPT).orElse("");
    if (!isRead && !script.equals(OWN_SCRIPT_VALUE)) {
      throw ApiException.crossSite();
    }
    return admitted;
  }

  private static Optional<TokenDigest> bearer(String written) {
    Matcher bearer = BEARER.matcher(written);
    return bearer.matches() ? Optional.of(TokenDigest.of(bearer.group(1))) : Optional.empty();
  }

  private Optional<Admitted> admitted(TokenDigest presented) {
    if (operator.filter(own -> TokenDigest.of(own.reveal()).isOf(presented)).isPresent()) {
      return Optional.of(new Admitted(presented, Role.OPERATE));
    }
    return FileThread.call(() -> key(presented)).map(key -> new Admitted(presented, key.role()));
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
