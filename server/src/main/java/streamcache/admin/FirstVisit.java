package streamcache.admin;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import streamcache.http.Clients;
import streamcache.playback.Request;

/**
 * Who may set the first password without the token: a browser at home that has opened this server's
 * own page. A page of another site may run in that browser, and its name may be made to resolve to
 * this server (DNS rebinding), so names count only if nobody else can have them. Pure.
 *
 * @param isTokenChosen whether the operator has set {@code ADMIN_TOKEN}, and so needs no password
 * @param linkBase what links begin with: {@code BASE_URL}, or the name of this machine
 */
record FirstVisit(boolean isTokenChosen, Clients clients, Supplier<String> linkBase) {

  private static final String ANYBODY =
      "The token was printed when the server started for the first time, and is in the file"
          + " admin.token of its configuration folder.";

  private static final String SET_TOKEN = "Use the token that is set as ADMIN_TOKEN.";

  private static final String AWAY =
      "From outside the local network, only the token opens this page. "
          + ANYBODY
          + " A first password can be chosen from the local network, or with: streamcache password";

  private static final String OTHER_NAME =
      "Under this name, only the token opens this page: another site could have made the name lead"
          + " here. To choose a password, open the page by the address of the server, such as"
          + " http://192.168.1.10:8080/admin, or set BASE_URL. ";

  private static final String OTHER_SITE =
      "Another site has caused this request; open the page at the address of the server.";

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** Why a password may not be set, and what to do instead; empty if it may. */
  Optional<String> objection(Request request) {
    if (isTokenChosen) {
      return Optional.of(SET_TOKEN);
    }
    if (!clients.isAtHome(request)) {
      return Optional.of(AWAY);
    }
    if (isOfAnotherSite(request)) {
      return Optional.of(OTHER_SITE);
    }
    boolean isOurs = isOurs(request.headers().first("Host").orElse(""));
    // A proxy may have replaced the host; the origin is what the browser shows to its user.
    boolean isFromOurs =
        request.headers().first("Origin").map(FirstVisit::authority).map(this::isOurs).orElse(true);
    return isOurs && isFromOurs ? Optional.empty() : Optional.of(OTHER_NAME + ANYBODY);
  }

  /** Where the token is, for a server that has a password. */
  String whereTokenIs() {
    return isTokenChosen ? SET_TOKEN : ANYBODY;
  }

  private static boolean isOfAnotherSite(Request request) {
    String site = request.headers().first("Sec-Fetch-Site").orElse("").toLowerCase(Locale.ROOT);
    return site.equals("cross-site") || site.equals("same-site");
  }

  private boolean isOurs(String hostAndPort) {
    String host = host(hostAndPort);
    return host.startsWith("[")
        || IPV4.matcher(host).matches()
        || host.equals("localhost")
        || (!host.isEmpty() && host.equals(host(authority(linkBase.get()))));
  }

  /** In lower case, without the port. */
  private static String host(String hostAndPort) {
    return hostAndPort.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
  }

  private static String authority(String url) {
    return url.replaceFirst("^[a-z]+://", "").replaceFirst("/.*", "");
  }
}
