package streamcache.link;

/**
 * Parses the part after {@code /u/} as base64 with an optional cosmetic name after it. Since the
 * standard alphabet has a slash, the base64 extends as far as possible: to the last slash before
 * the first character that is not base64, such as the dot of a name's extension. If that is
 * rejected, no shorter reading is tried: it would request another URL from the provider. Pure.
 */
final class LinkPath {

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

  /** The last possible end of the base64 so far: the letters before it, and its offset. */
  private int letters;

  private int end;

  private LinkPath(String path) {
    this.path = path;
  }

  static Reading read(String path) {
    LinkPath reader = new LinkPath(path);
    reader.scan();
    return reader.reading();
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
    letters = base64.length();
    end = offset;
  }

  private Reading reading() {
    int name = Math.max(end, path.lastIndexOf('/') + 1);
    return new Reading(base64.substring(0, letters), path.substring(name));
  }

  private static boolean isBase64(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || "+/-_".indexOf(letter) >= 0;
  }
}
