package streamcache.clip;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a given width, with an ellipsis if there are too many. Pure. */
final class Paragraph {

  private static final char ELLIPSIS = '…';

  /** A line may end after these as well as at a space. */
  private static final String BREAKS = "-–—/";

  private final Glyphs face;
  private final int width;

  private Paragraph(Glyphs face, int width) {
    this.face = face;
    this.width = width;
  }

  /**
   * Returns the lines in visual order.
   *
   * @param text any text
   * @param width of the longest line, in pixels
   * @param most lines there may be, at least 1
   */
  static List<String> lines(String text, Glyphs face, int width, int most) {
    return new Paragraph(face, width).lines(PlainText.of(text, face), most);
  }

  private List<String> lines(String text, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (!rest.isEmpty() && lines.size() < most) {
      boolean isLast = lines.size() == most - 1;
      int end = isLast ? fitting(rest) : lineEnd(rest);
      boolean isCut = isLast && end < rest.length();
      lines.add(PlainText.visual(isCut ? shortened(rest) : rest.substring(0, end).strip()));
      rest = rest.substring(end).strip();
    }
    return lines;
  }

  /** Where to break: after the last word that fits, or within a word that is too long. */
  private int lineEnd(String text) {
    int fitting = fitting(text);
    if (fitting == text.length()) {
      return fitting;
    }
    for (int end = fitting; end > 0; end--) {
      if (text.charAt(end) == ' ' || BREAKS.indexOf(text.charAt(end - 1)) >= 0) {
        return end;
      }
    }
    return fitting;
  }

  /** How many letters fit on a line, at least one. */
  private int fitting(String text) {
    int count = 0;
    int taken = 0;
    while (count < text.length()) {
      taken += face.advance(text.charAt(count));
      if (taken > width && count > 0) {
        return count;
      }
      count++;
    }
    return count;
  }

  private String shortened(String text) {
    String kept = text.substring(0, fitting(text));
    while (!kept.isEmpty() && face.width(kept + ELLIPSIS) > width) {
      kept = kept.substring(0, kept.length() - 1);
    }
    return kept.strip() + ELLIPSIS;
  }
}
