package streamcache.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes URLs and links out of text that we did not write ourselves: messages of exceptions, lines
 * of libraries. Our own words hold none; this is the net below them, for everything the process
 * writes. Pure, any thread.
 */
public final class SafeText {

  private static final Pattern URL =
      Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*)://([^\\s\"'<>\\\\/?#]*)([^\\s\"'<>\\\\]*)");

  /** Of any form, wherever it stands in a path. */
  private static final Pattern LINK =
      Pattern.compile("/(u|s|e)/[A-Za-z0-9+/_=%-]{8,}[^\\s\"'<>\\\\]*");

  private SafeText() {}

  /** The text with hosts in place of URLs, and the form of a link in its place. */
  public static String of(String text) {
    if (text.indexOf('/') < 0) {
      return text;
    }
    String hosts = text.contains("://") ? URL.matcher(text).replaceAll(SafeText::host) : text;
    return LINK.matcher(hosts).replaceAll("/$1/~");
  }

  private static String host(java.util.regex.MatchResult url) {
    String authority = url.group(2);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    String rest = url.group(3).length() > 1 ? "/~" : url.group(3);
    return Matcher.quoteReplacement(url.group(1) + "://" + host + rest);
  }
}
