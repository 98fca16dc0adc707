package streamcache.link;

import java.util.regex.Pattern;

/**
 * Detects text that looks like a secret in any position: a URL, a parameter with a telling name, a
 * long token. Names of films do not look like one. Pure.
 */
final class SecretLook {

  /** Tokens are rarely shorter; titles written without spaces are rarely longer. */
  private static final int TOKEN_LETTERS = 24;

  /** Changes between letters and digits; a token of that length rarely has fewer. */
  private static final int TOKEN_CHANGES = 4;

  private static final String KEYS =
      "[\\w-]*(?:token|key|pass|pwd|user|auth|sig|expire|secret|cred|session|login|jwt|hmac|policy"
          + "|cookie)[\\w-]*|[uptkse]|st|md5|hash";

  private static final Pattern KEY = Pattern.compile(KEYS, Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAMETER =
      Pattern.compile("[?&;](?:" + KEYS + ")=", Pattern.CASE_INSENSITIVE);
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]{" + TOKEN_LETTERS + ",}");
  private static final Pattern HEX =
      Pattern.compile("(?i)[0-9a-f]{24,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** The URL-safe alphabet has two marks, which would hide a token from {@link #RUN}. */
  private static final Pattern MARKED_RUN = Pattern.compile("[A-Za-z0-9_-]{40,}");

  /** Words which show that a run of letters and digits is a title after all. */
  private static final Pattern TITLE =
      Pattern.compile(
          "s\\d{1,2}e\\d{1,3}|(?:19|20)\\d\\d(?!\\d)|(?:480|576|720|1080|2160)[pi]|[xh]26[45]",
          Pattern.CASE_INSENSITIVE);

  private SecretLook() {}

  /** Whether a parameter of this name holds a secret. */
  static boolean isSecretKey(String name) {
    return KEY.matcher(name).matches();
  }

  /** Whether something in the text looks like a secret. */
  static boolean isIn(String text) {
    boolean isParameter = text.indexOf('=') > 0 && PARAMETER.matcher(text).find();
    return isParameter || text.contains("://") || isToken(text);
  }

  /** Whether the text contains a long token. */
  static boolean isToken(String text) {
    return text.length() >= TOKEN_LETTERS && holdsToken(text);
  }

  private static boolean holdsToken(String text) {
    return HEX.matcher(text).find()
        || RUN.matcher(text).results().anyMatch(run -> isDense(run.group()))
        || MARKED_RUN.matcher(text).results().anyMatch(run -> isDense(run.group()));
  }

  private static boolean isDense(String run) {
    int changes = 0;
    for (int at = 1; at < run.length(); at++) {
      boolean digit = Character.isDigit(run.charAt(at));
      changes += digit != Character.isDigit(run.charAt(at - 1)) ? 1 : 0;
    }
    return changes >= TOKEN_CHANGES && !TITLE.matcher(run).find();
  }
}
