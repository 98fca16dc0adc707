package streamcache.link;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes URLs and links out of text that we did not write ourselves: messages of exceptions, lines
 * of libraries. Our own words hold none; this is the net below them, for everything the process
 * writes. Pure, any thread.
 */
public final class SafeText {

  /** JSON may have a backslash before it. */
  private static final String SLASH = "\\\\?/";

  /** A class of letters and no choice of two: that would take stack for every letter. */
  private static final String REST = "[^\\s\"'<>]*";

  private static final Pattern URL =
      Pattern.compile(
          "(?i)\\b([a-z][a-z0-9+.-]*):" + SLASH + SLASH + "([^\\s\"'<>\\\\/?#]*)(" + REST + ")");

  /** Of any form, wherever it stands in a path. */
  private static final Pattern LINK =
      Pattern.compile(SLASH + "(u|s|e)" + SLASH + "[A-Za-z0-9+_=%/\\\\-]{8,}" + REST);

  private SafeText() {}

  /** The text with hosts in place of URLs, and the form of a link in its place. */
  public static String of(String text) {
    String hosts = mayHoldUrl(text) ? URL.matcher(text).replaceAll(SafeText::host) : text;
    return mayHoldLink(hosts) ? LINK.matcher(hosts).replaceAll(SafeText::form) : hosts;
  }

  /** Nearly no line does, and looking for the marks costs a tenth of looking for the whole. */
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

  /** The backslash before a quote that ends a text in JSON belongs to the quote. */
  private static String escape(MatchResult found) {
    return found.group().endsWith("\\") ? "\\" : "";
  }
}
