package streamcache.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.playback.Request;
import streamcache.settings.SecretText;

/**
 * Decides which role a request has, by its token: that of the operator, a key, or that with which a
 * browser has begun a session; and what a browser may begin one with. On the request's virtual
 * thread, which waits while the files of the keys and the password are read.
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
  private final Passwords passwords;

  /**
   * @param operator the operator's token; empty if there is none
   */
  Gatekeeper(
      Optional<SecretText> operator,
      ApiKeys keys,
      AttemptLimit attempts,
      Sessions sessions,
      Passwords passwords) {
    this.operator = operator;
    this.keys = keys;
    this.attempts = attempts;
    this.sessions = sessions;
    this.passwords = passwords;
  }

  /**
   * @param client the address that wrong tokens are counted by
   * @throws ApiException if the request has no token, or a wrong one
   */
  Role admit(Request request, InetAddress client) throws ApiException {
    return check(request, client).role();
  }

  /** What a session may be begun with, for a request that {@link #admit} admits. */
  Login login(Request request, InetAddress client) throws ApiException {
    return new Login(check(request, client).token(), passwords.stamp());
  }

  /**
   * What a session may be begun with, for somebody who has typed a token or the password.
   *
   * @throws ApiException if it is neither, or the address has to wait
   */
  Login logIn(String typed, InetAddress client) throws ApiException {
    expectMore(client);
    // First, so that a change meanwhile ends the session.
    TokenDigest stamp = passwords.stamp();
    Optional<Admitted> byToken = admitted(TokenDigest.of(typed));
    if (byToken.isPresent()) {
      return new Login(byToken.get().token(), stamp);
    }
    expectPassword(typed, client);
    return new Login(stamp, stamp);
  }

  /**
   * Accepts the operator's token or the password, but no key of a program.
   *
   * @throws ApiException if it is neither, or the address has to wait
   */
  void expectOperator(String typed, InetAddress client) throws ApiException {
    expectMore(client);
    if (!isOperator(TokenDigest.of(typed))) {
      expectPassword(typed, client);
    }
  }

  /** In turn, so that no more passwords are tried at once than an address may try. */
  private void expectPassword(String typed, InetAddress client) throws ApiException {
    boolean isRight =
        passwords.inTurn(() -> {
          expectMore(client);
          boolean isPossible = typed.length() <= NewPassword.MOST_BYTES;
          if (isPossible && passwords.isRight(NewPassword.normal(typed))) {
            return true;
          }
          attempts.failed(client);
          return false;
        });
    if (!isRight) {
      LOG.warn("event=api.wrong-password");
      throw ApiException.unauthorized(
          passwords.isSet()
              ? "This is neither the password nor a token."
              : "This token is not valid.");
    }
  }

  private void expectMore(InetAddress client) throws ApiException {
    Duration rest = attempts.rest(client);
    if (rest.isPositive()) {
      throw ApiException.tooManyAttempts(rest);
    }
  }

  private Admitted check(Request request, InetAddress client) throws ApiException {
    String written = request.headers().first("Authorization").orElse("");
    if (written.isEmpty()) {
      return bySession(request);
    }
    expectMore(client);
    Optional<Admitted> admitted = bearer(written).flatMap(this::admitted);
    if (admitted.isEmpty()) {
      attempts.failed(client);
      LOG.warn("event=api.wrong-token");
      throw ApiException.unauthorized("This token is not valid.");
    }
    return admitted.get();
  }

  private Admitted bySession(Request request) throws ApiException {
    Admitted admitted =
        SessionCookie.of(request)
            .flatMap(sessions::login)
            .filter(login -> login.password().isOf(passwords.stamp()))
            .flatMap(this::still)
            .orElseThrow(
                () -> ApiException.unauthorized("Send a token: Authorization: Bearer TOKEN."));
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    if (!isRead) {
      expectOwnScript(request);
    }
    return admitted;
  }

  /** Refuses what is not from the page's own script. */
  static void expectOwnScript(Request request) throws ApiException {
    String script = request.headers().first(OWN_SCRIPT).orElse("");
    if (!script.equals(OWN_SCRIPT_VALUE)) {
      throw ApiException.crossSite();
    }
  }

  private Optional<Admitted> still(Login login) {
    return login.isByPassword()
        ? Optional.of(new Admitted(login.token(), Role.OPERATE))
        : admitted(login.token());
  }

  private static Optional<TokenDigest> bearer(String written) {
    Matcher bearer = BEARER.matcher(written);
    return bearer.matches() ? Optional.of(TokenDigest.of(bearer.group(1))) : Optional.empty();
  }

  private Optional<Admitted> admitted(TokenDigest presented) {
    if (isOperator(presented)) {
      return Optional.of(new Admitted(presented, Role.OPERATE));
    }
    return FileThread.call(() -> key(presented)).map(key -> new Admitted(presented, key.role()));
  }

  private boolean isOperator(TokenDigest presented) {
    return operator.filter(own -> TokenDigest.of(own.reveal()).isOf(presented)).isPresent();
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
