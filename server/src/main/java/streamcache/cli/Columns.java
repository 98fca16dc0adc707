package streamcache.cli;

/** Text in columns of a terminal, where some characters take two cells and some none. Pure. */
final class Columns {

  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2E80, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD}
  };

  private Columns() {}

  /** The text at the left of exactly {@code width} cells, cut if it is longer. */
  static String left(String text, int width) {
    String cut = cut(text, width);
    return cut + " ".repeat(width - width(cut));
  }

  /** The text at the right of exactly {@code width} cells, cut if it is longer. */
  static String right(String text, int width) {
    String cut = cut(text, width);
    return " ".repeat(width - width(cut)) + cut;
  }

  /** At most {@code width} cells of the text. */
  static String cut(String text, int width) {
    int taken = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      if (taken + width(point) > width) {
        return text.substring(0, at);
      }
      taken += width(point);
      at += Character.charCount(point);
    }
    return text;
  }

  /** The cells that a terminal uses for the text. */
  static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
  }

  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (point >= range[0] && point <= range[1]) {
        return 2;
      }
    }
    return 1;
  }
}
