package streamcache.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header field that is sent to a provider with every request. Prints without its value.
 *
 * @param name as written
 * @param value without control characters and outer blanks; never empty
 */
public record ExtraHeader(String name, String value) {

  private static final Pattern WRITTEN =
      Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]{1,64})\\s*:\\s*(\\S|\\S.{0,4000}\\S)\\s*");

  /** Set by this server: fields that delimit the message, name its recipient, or select a range. */
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

  /** Parses {@code Name: value}; empty if it is invalid or must not be set. */
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
