package streamcache.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header that a provider is sent with every request. Prints without its value.
 *
 * @param name as written
 * @param value without controls and outer blanks; never empty
 */
public record ExtraHeader(String name, String value) {

  private static final Pattern WRITTEN =
      Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]{1,64})\\s*:\\s*(\\S|\\S.{0,4000}\\S)\\s*");

  /** Those that say where a message ends, who it is for, or what part of a file is wanted. */
  private static final Set<String> OURS =
      Set.of(
          "host",
          "range",
          "if-range",
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "connection",
          "keep-alive",
          "content-length",
          "content-type",
          "transfer-encoding",
          "accept-encoding",
          "user-agent",
          "te",
          "trailer",
          "upgrade",
          "expect");

  /** As {@code Name: value}; empty when it is none, or not for anybody to set. */
  static Optional<ExtraHeader> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches() || text.chars().anyMatch(letter -> letter < 0x20 || letter > 0x7e)) {
      return Optional.empty();
    }
    ExtraHeader header = new ExtraHeader(written.group(1), written.group(2));
    boolean isOurs = OURS.contains(header.key()) || header.key().startsWith("proxy-");
    return isOurs ? Optional.empty() : Optional.of(header);
  }

  /** The same for every spelling of the name. */
  public String key() {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name + ": ****";
  }
}
