package streamcache.link;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unit by which a provider counts connections: its host, and the user if the URL names one. The
 * user is held as a digest, so the id may be logged.
 *
 * @param value {@code host:port} or {@code host:port~<6 hex digits>}, or {@code @name} for an
 *     account that the settings name
 */
public record AccountId(String value) {

  private static final int DIGITS = 6;
  private static final String NAMED = "@";
  private static final int HTTP_PORT = 80;
  private static final Pattern USER_PARAMETER = Pattern.compile("(?:^|&)username=([^&]+)");

  /** The account that the operator gave a name. */
  public static AccountId named(String name) {
    return new AccountId(NAMED + name);
  }

  /** The account that a URL shows. */
  public static AccountId of(HttpUrl url) {
    String host = url.host() + ":" + url.effectivePort();
    return new AccountId(user(url).map(user -> host + "~" + digits(user)).orElse(host));
  }

  private static Optional<String> user(HttpUrl url) {
    return Xtream.user(url.path())
        .map(Percent::decode)
        .or(() -> url.userinfo().map(info -> Percent.decode(info.split(":", 2)[0])))
        .or(() -> userParameter(url.query()))
        .filter(user -> !user.isEmpty());
  }

  private static Optional<String> userParameter(String query) {
    Matcher matcher = USER_PARAMETER.matcher(query);
    return matcher.find() ? Optional.of(Percent.decodeValue(matcher.group(1))) : Optional.empty();
  }

  private static String digits(String user) {
    return HexFormat.of().formatHex(Digest.sha256("account " + user)).substring(0, DIGITS);
  }

  /** The name that the settings give it, if any; it then has no host. */
  public Optional<String> name() {
    return value.startsWith(NAMED) ? Optional.of(value.substring(1)) : Optional.empty();
  }

  /** The host that the link names; IPv6 in brackets. */
  public String host() {
    String place = place();
    int colon = portColon(place);
    return colon < 0 ? place : place.substring(0, colon);
  }

  public int port() {
    String place = place();
    int colon = portColon(place);
    return colon < 0 ? HTTP_PORT : Integer.parseInt(place.substring(colon + 1));
  }

  private String place() {
    int user = value.indexOf('~');
    return user < 0 ? value : value.substring(0, user);
  }

  private static int portColon(String place) {
    return place.indexOf(':', place.lastIndexOf(']') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
