package streamcache.clip;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/**
 * Draws a card: a bar, the headline, the sentence, and the details, smaller and in part dimmer.
 * Lines are aligned to the macroblock grid, so that few macroblocks hold letters. Used once, by one
 * thread.
 */
final class CardPainter {

  private static final Picture.Colour BACKGROUND = new Picture.Colour(30, 132, 126);
  private static final Picture.Colour BAR = new Picture.Colour(150, 60, 170);
  private static final int BRIGHT = 232;
  private static final int PLAIN = 205;
  private static final int DIM = 140;

  private static final int GRID = Picture.MACROBLOCK;
  private static final int BAR_X = 6 * GRID;
  private static final int TEXT_X = 9 * GRID;

  /** Screens crop up to a twentieth at each side. */
  private static final int TEXT_WIDTH = Picture.WIDTH - TEXT_X - 5 * GRID;

  private static final int GAP = GRID;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss ")
          .appendOffset("+HH:MM", "UTC")
          .toFormatter(Locale.ROOT);

  /**
   * A letter size and its placement on the grid.
   *
   * @param pitch distance between base lines
   * @param base the base line, from the top of its line
   */
  private record Size(Glyphs face, int pitch, int base) {}

  private static final Size HEADLINE = new Size(Glyphs.headline(), 4 * GRID, 2 * GRID + 8);
  private static final Size TEXT = new Size(Glyphs.text(), 3 * GRID, GRID + 9);

  /** Lines that belong together. */
  private record Part(Size size, int luma, List<String> lines) {
    int height() {
      return lines.isEmpty() ? 0 : lines.size() * size.pitch();
    }
  }

  private CardPainter() {}

  static Picture paint(Card card) {
    List<Part> parts =
        List.of(
            part(HEADLINE, BRIGHT, card.headline(), 2),
            part(TEXT, PLAIN, card.meaning(), 4),
            part(TEXT, BRIGHT, card.title(), 2),
            part(TEXT, PLAIN, note(card, 0), 1),
            part(TEXT, PLAIN, note(card, 1), 1),
            part(TEXT, DIM, card.provider(), 1),
            part(TEXT, DIM, moment(card), 1));
    int height = parts.stream().mapToInt(Part::height).sum() + 2 * GAP;
    int top = (Picture.HEIGHT - height) / 2 / GRID * GRID;
    Picture picture = new Picture(BACKGROUND);
    picture.fill(BAR_X, top, GRID, height, BAR);
    int y = top;
    for (int i = 0; i < parts.size(); i++) {
      y = draw(picture, parts.get(i), y) + (i == 0 || i == 1 ? GAP : 0);
    }
    return picture;
  }

  /** The time and the request to look for in the log. */
  static String moment(Card card) {
    return TIME.format(card.time()) + "  ·  request " + card.requestId();
  }

  private static Part part(Size size, int luma, String text, int most) {
    return new Part(size, luma, Paragraph.lines(text, size.face(), TEXT_WIDTH, most));
  }

  private static String note(Card card, int index) {
    return index < card.notes().size() ? card.notes().get(index) : "";
  }

  private static int draw(Picture picture, Part part, int top) {
    int y = top;
    for (String line : part.lines()) {
      part.size().face().draw(picture, line, TEXT_X, y + part.size().base(), part.luma());
      y += part.size().pitch();
    }
    return y;
  }
}
