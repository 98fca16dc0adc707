package streamcache.admin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.http.Clients;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Logs a browser in by its password, tells it whether there is one, and sets one: the first from
 * the local network, every other by its predecessor or the operator's token.
 */
final class PasswordRoute {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordRoute.class);

  /** A password or a token; people need not know which. */
  private static final String SECRET = "secret";

  private static final String PASSWORD = "password";
  private static final String CURRENT = "current";

  private final Gatekeeper gatekeeper;
  private final Passwords passwords;
  private final FirstVisit firstVisit;
  private final Clients clients;
  private final Sessions sessions;

  PasswordRoute(
      Gatekeeper gatekeeper,
      Passwords passwords,
      FirstVisit firstVisit,
      Clients clients,
      Sessions sessions) {
    this.gatekeeper = gatekeeper;
    this.passwords = passwords;
    this.firstVisit = firstVisit;
    this.clients = clients;
    this.sessions = sessions;
  }

  /** Says how a browser may log in; open to everybody. */
  void tell(Exchange exchange) throws ClientGone {
    boolean isSet = passwords.isSet();
    Optional<String> objection = firstVisit.objection(exchange.request());
    ObjectNode answer =
        ApiAnswer.object()
            .put("isSet", isSet)
            .put("maySet", !isSet && objection.isEmpty())
            .put(
                "hint",
                isSet ? firstVisit.whereTokenIs() : objection.orElse(firstVisit.whereTokenIs()));
    ApiAnswer.send(exchange, answer);
  }

  /** Returns what a session may be begun with. */
  Login logIn(Request request) throws ApiException {
    JsonNode body = body(request, SECRET);
    return gatekeeper.logIn(text(body, SECRET), clients.line(request));
  }

  /** Sets the password; ends all sessions, and returns what a new one may be begun with. */
  Login set(Request request) throws ApiException {
    JsonNode body = body(request, PASSWORD, CURRENT);
    NewPassword password = chosen(text(body, PASSWORD));
    boolean isFirst = body.path(CURRENT).isMissingNode();
    if (isFirst) {
      Optional<String> objection = firstVisit.objection(request);
      if (objection.isPresent()) {
        throw ApiException.notFirstVisit(objection.get());
      }
    } else {
      gatekeeper.expectOperator(text(body, CURRENT), clients.line(request));
    }
    if (!passwords.inTurn(() -> passwords.set(password, isFirst))) {
      throw ApiException.passwordIsSet();
    }
    LOG.info("event=admin.password-set client={}", clients.address(request).getHostAddress());
    sessions.endAll();
    TokenDigest stamp = passwords.stamp();
    return new Login(stamp, stamp);
  }

  private static NewPassword chosen(String typed) throws ApiException {
    try {
      return NewPassword.of(typed);
    } catch (IllegalArgumentException refused) {
      throw ApiException.badRequest(String.valueOf(refused.getMessage()));
    }
  }

  private static JsonNode body(Request request, String... known) throws ApiException {
    Gatekeeper.expectOwnScript(request);
    JsonNode body = new ApiRequest(request, Map.of(), Map.of()).body();
    if (!Set.of(known).containsAll(body.propertyNames())) {
      throw ApiException.badRequest(
          "The body has no properties but " + String.join(" and ", known) + ".");
    }
    return body;
  }

  private static String text(JsonNode body, String name) throws ApiException {
    if (!body.path(name).isString()) {
      throw ApiException.badRequest(name + " is a text.");
    }
    return body.path(name).asString();
  }
}
