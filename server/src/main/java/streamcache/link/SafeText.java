package streamcache.link;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes URLs and links from text of other origin: exception messages and log lines of libraries.
 * Our own messages contain none; this is the safety net for everything the process writes. Pure;
 * any thread.
 */
public final class SafeText {

  /** A slash, which JSON may escape with a backslash. */
  private static final String SLASH = "\\\\?/";

  /** A character class, since an alternation would use stack for every character. */
  private static final String REST = "[^\\s\"'<>]*";

  private static final Pattern URL =
      Pattern.compile(
          "(?i)\\b([a-z][a-z0-9+.-]*):" + SLASH + SLASH + "([^\\s\"'<>\\\\/?#]*)(" + REST + ")");

  /** A link of any form, anywhere in a path. */
  private static final Pattern LINK =
      Pattern.compile(SLASH + "(u|s|e)" + SLASH + "[A-Za-z0-9+_=%/\\\\-]{8,}" + REST);

  private SafeText() {}

  /** The text with each URL reduced to its host and each link to its form. */
  public static String of(String text) {
    String hosts = mayHoldUrl(text) ? URL.matcher(text).replaceAll(SafeText::host) : text;
    return mayHoldLink(hosts) ? LINK.matcher(hosts).replaceAll(SafeText::form) : hosts;
  }

  /** Almost no line does, and this check costs a tenth of the full match. */
  private static boolean mayHoldUrl(String text) {
    return text.contains("://") || text.contains(":\\/");
  }

  private static boolean mayHoldLink(String text) {
    for (int at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) {
      if (text.startsWith("/", at + 2) || text.startsWith("\\/", at + 2)) {
        return true;
      }
    }
    return false;
  }

  private static String host(MatchResult url) {
    String authority = url.group(2);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    String path = url.group(3).replace("\\", "");
    String rest = path.length() > 1 ? "/~" : path;
    return Matcher.quoteReplacement(url.group(1) + "://" + host + rest + escape(url));
  }

  private static String form(MatchResult link) {
    return Matcher.quoteReplacement("/" + link.group(1) + "/~" + escape(link));
  }

  /** Keeps a final backslash: in JSON it belongs to the quote that follows. */
  private static String escape(MatchResult found) {
    return found.group().endsWith("\\") ? "\\" : "";
  }
}
