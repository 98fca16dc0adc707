package streamcache.admin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key to the API for a program, as it is kept: without the key itself.
 *
 * @param name 1 to 64 letters, digits, dots, hyphens and underscores
 * @param made the day, such as {@code 2026-11-30}
 */
public record ApiKey(String name, Role role, String made, TokenDigest digest) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern LINE =
      Pattern.compile(
          "(%s) (read|operate) ([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9a-f]{64})".formatted(NAME));

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The key in a line of the file; empty if it holds none. */
  static Optional<ApiKey> read(String line) {
    Matcher fields = LINE.matcher(line);
    if (!fields.matches()) {
      return Optional.empty();
    }
    Role role = Role.of(fields.group(2)).orElseThrow();
    return Optional.of(
        new ApiKey(fields.group(1), role, fields.group(3), new TokenDigest(fields.group(4))));
  }

  String line() {
    return name + " " + role.word() + " " + made + " " + digest.hex();
  }
}
