package streamcache.link;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind {@code /u/}, read as base64 with a possible cosmetic name behind it. Since the
 * standard alphabet has a slash, where the base64 ends is open: every slash up to the first letter
 * that is not base64 may be the end. Pure.
 */
final class LinkPath {

  /** The name is one element; a few more are tried for people who write folders into it. */
  private static final int MOST_ENDS = 8;

  /**
   * One way to read the path.
   *
   * @param base64 URL-safe alphabet, without padding
   * @param name last element behind it, as received; empty without one
   */
  record Reading(String base64, String name) {

    @Override
    public String toString() {
      return "Reading[~]";
    }
  }

  /** A place where the base64 may end: so many letters of it, at this offset of the path. */
  private record End(int letters, int offset) {}

  private final String path;
  private final StringBuilder base64 = new StringBuilder();
  private final List<End> ends = new ArrayList<>();
  private boolean padded;

  private LinkPath(String path) {
    this.path = path;
  }

  /** All possible readings, the longest base64 first, so that a slash in it is never cut off. */
  static List<Reading> readings(String path) {
    LinkPath reader = new LinkPath(path);
    reader.scan();
    return reader.ends.reversed().stream().limit(MOST_ENDS).map(reader::reading).toList();
  }

  private void scan() {
    int at = 0;
    while (at < path.length()) {
      boolean escape = Percent.isEscape(path, at);
      char letter = escape ? (char) Integer.parseInt(path, at + 1, at + 3, 16) : path.charAt(at);
      if (letter == '/' && !escape) {
        mayEndAt(at);
      }
      if (!take(letter)) {
        return;
      }
      at += escape ? 3 : 1;
    }
    mayEndAt(path.length());
  }

  private boolean take(char letter) {
    if (letter == '=') {
      padded = true;
      return true;
    }
    if (padded || !isBase64(letter)) {
      return false;
    }
    base64.append(letter == '+' ? '-' : letter == '/' ? '_' : letter);
    return true;
  }

  private void mayEndAt(int offset) {
    ends.add(new End(base64.length(), offset));
  }

  private Reading reading(End end) {
    int name = Math.max(end.offset(), path.lastIndexOf('/') + 1);
    return new Reading(base64.substring(0, end.letters()), path.substring(name));
  }

  private static boolean isBase64(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || "+/-_".indexOf(letter) >= 0;
  }
}
