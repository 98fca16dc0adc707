package streamcache.link;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a provider counts connections by: its host and the user, if the URL names one. The user is
 * held as a digest, so the id may be logged.
 *
 * @param value {@code host:port} or {@code host:port~<6 hex digits>}
 */
public record AccountId(String value) {

  private static final int DIGITS = 6;
  private static final Pattern USER_PARAMETER = Pattern.compile("(?:^|&)username=([^&]+)");

  /** The account of the original URL, never of the target of a redirect. */
  static AccountId of(HttpUrl url) {
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

  @Override
  public String toString() {
    return value;
  }
}
