package streamcache.link;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the part after {@code /u/} as base64 with an optional cosmetic name after it. Since the
 * standard alphabet has a slash, the base64 extends as far as possible: to the last slash before
 * the first character that is not base64, such as the dot of a name's extension. If that is
 * rejected, no shorter reading is tried: it would request another URL from the provider. Slashes
 * around the base64 and an extension directly after it are no part of it. Pure.
 */
final class LinkPath {

  /** What may follow the base64 without a slash, in place of a name. */
  private static final Pattern EXTENSION = Pattern.compile("(\\.[A-Za-z0-9]{1,5})/*");

  /**
   * The two parts of the path.
   *
   * @param base64 URL-safe alphabet, without padding
   * @param name the last path element after it, as received; empty if there is none
   */
  record Reading(String base64, String name) {

    @Override
    public String toString() {
      return "Reading[~]";
    }
  }

  private final String path;
  private final StringBuilder base64 = new StringBuilder();
  private boolean padded;

  /** Whether the base64 so far has letters of the standard alphabet only. */
  private boolean isStandard;

  /** How many of the last letters were written as slashes, which may be separators. */
  private int slashes;

  /** The last possible end of the base64 so far; null before the first slash. */
  private @Nullable End end;

  /**
   * @param letters the letters before it
   * @param offset where it is in the path
   */
  private record End(int letters, int slashes, boolean isStandard, int offset) {}

  private LinkPath(String path) {
    this.path = path;
  }

  static Reading read(String path) {
    LinkPath reader = new LinkPath(path);
    return reader.reading(reader.scan());
  }

  /** Returns where the base64 stops at the latest. */
  private int scan() {
    int at = 0;
    while (at < path.length() && path.charAt(at) == '/') {
      at++; // No URL has a base64 that begins with a slash.
    }
    while (at < path.length()) {
      boolean escape = Percent.isEscape(path, at);
      char letter = escape ? (char) Integer.parseInt(path, at + 1, at + 3, 16) : path.charAt(at);
      boolean isSlash = letter == '/' && !escape;
      if (isSlash) {
        mayEndAt(at);
      }
      if (!take(letter, isSlash)) {
        return at;
      }
      at += escape ? 3 : 1;
    }
    mayEndAt(at);
    return at;
  }

  private boolean take(char letter, boolean isSlash) {
    if (letter == '=') {
      padded = true;
      return true;
    }
    if (padded || !isBase64(letter)) {
      return false;
    }
    isStandard |= letter == '+' || (letter == '/' && !isSlash) || (slashes > 0 && !isSlash);
    slashes = isSlash ? slashes + 1 : 0;
    base64.append(letter == '+' ? '-' : letter == '/' ? '_' : letter);
    return true;
  }

  private void mayEndAt(int offset) {
    end = new End(base64.length(), slashes, isStandard, offset);
  }

  private Reading reading(int stop) {
    End last = end;
    var extension = EXTENSION.matcher(path).region(stop, path.length());
    if (extension.matches() && (last == null || !isWhole(letters(last)))) {
      return new Reading(base64.toString(), extension.group(1));
    }
    if (last == null) {
      return new Reading("", "");
    }
    return new Reading(base64.substring(0, letters(last)), name(last.offset()));
  }

  /**
   * The letters without the slashes that separate them from what follows. At most the first of
   * these can be a letter: no URL has a base64 with two slashes at its end. It is one if the base64
   * breaks off without it. Where it would only add a question mark to the URL, the alphabet
   * decides.
   */
  private int letters(End last) {
    int before = last.letters() - last.slashes();
    boolean isLetter =
        last.slashes() > 0
            && (isWhole(before) ? before % 4 == 3 && last.isStandard() : before % 4 != 1);
    return isLetter ? before + 1 : before;
  }

  /** Whether the first letters are the base64 of whole bytes. */
  private boolean isWhole(int letters) {
    int unused =
        switch (letters % 4) {
          case 0 -> 0;
          case 2 -> 0b1111;
          case 3 -> 0b11;
          default -> 0b111111;
        };
    return letters == 0 || unused == 0 || (value(base64.charAt(letters - 1)) & unused) == 0;
  }

  private String name(int offset) {
    int to = path.length();
    while (to > offset && path.charAt(to - 1) == '/') {
      to--;
    }
    return path.substring(Math.max(offset, path.lastIndexOf('/', to - 1) + 1), to);
  }

  private static int value(char letter) {
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(letter);
  }

  private static boolean isBase64(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || "+/-_".indexOf(letter) >= 0;
  }
}
