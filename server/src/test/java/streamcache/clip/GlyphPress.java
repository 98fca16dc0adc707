package streamcache.clip;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the letters of the clip from DejaVu Sans and writes them as the resource that {@link
 * Glyphs} reads (the format is described there). Run its {@code main} in the folder of the module
 * when letters or sizes change; {@link GlyphPressTest} fails while the resource differs. It uses no
 * font code of the JDK, whose output differs between releases.
 */
final class GlyphPress {

  private static final Path RESOURCE =
      Path.of("src/main/resources/streamcache/clip", Glyphs.RESOURCE);

  private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/";

  /** First and last character, both inclusive; characters that the font lacks are skipped. */
  private static final int[][] LATIN = {
    {0x20, 0x7e}, // Latin
    {0xa0, 0x17f}, // Latin-1, Latin Extended-A
    {0x218, 0x21b}, // Romanian
    {0x2010, 0x2026}, // dashes, quotes, dots
    {0x25a1, 0x25a1}, // the box for missing characters
  };

  /** Headlines are text of the product; titles may contain any text. */
  private static final int[][] ALL = {
    {0x20, 0x7e}, // Latin
    {0xa0, 0x17f}, // Latin-1, Latin Extended-A
    {0x192, 0x192}, // florin
    {0x1a0, 0x1a1}, // Vietnamese, the rest of which follows below
    {0x1af, 0x1b0},
    {0x218, 0x21b}, // Romanian
    {0x2b9, 0x2bf}, // transliteration of Cyrillic and Arabic
    {0x370, 0x3ff}, // Greek
    {0x400, 0x45f}, // Cyrillic
    {0x490, 0x4ff}, // Cyrillic of Ukraine and Central Asia
    {0x5d0, 0x5ea}, // Hebrew letters
    {0x5f3, 0x5f4},
    {0x1e80, 0x1e85}, // Welsh
    {0x1e9e, 0x1e9e},
    {0x1ea0, 0x1ef9}, // Vietnamese
    {0x2010, 0x2026}, // dashes, quotes, dots
    {0x2030, 0x203a},
    {0x2070, 0x2089}, // superscript and subscript digits
    {0x20a4, 0x20b5}, // currencies
    {0x2113, 0x2122}, // numero, trade mark
    {0x2190, 0x2195}, // arrows
    {0x2212, 0x221e}, // minus to infinity
    {0x2248, 0x2265}, // comparisons
    {0x25a1, 0x25a1}, // the box for missing characters
    {0x2605, 0x2606}, // stars
    {0x2660, 0x266f}, // card suits, musical notes
    {0x2713, 0x2717}, // ticks
  };

  /** A drawn letter, cropped to its non-empty area. */
  record Drawn(
      int character, int advance, int left, int top, int width, int height, byte[] levels) {}

  private GlyphPress() {}

  /** Writes the resource. */
  public static void main(String[] arguments) throws IOException {
    Files.createDirectories(RESOURCE.getParent());
    Files.write(RESOURCE, press());
  }

  static byte[] press() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    write(out, font("DejaVuSans-Bold.ttf"), Glyphs.HEADLINE_PIXELS, LATIN);
    write(out, font("DejaVuSans.ttf"), Glyphs.TEXT_PIXELS, ALL);
    return bytes.toByteArray();
  }

  static FontFile font(String name) throws IOException {
    try (InputStream file = GlyphPress.class.getResourceAsStream(FONTS + name)) {
      return new FontFile(file.readAllBytes());
    }
  }

  private static void write(DataOutputStream out, FontFile font, int pixels, int[][] characters)
      throws IOException {
    double scale = (double) pixels / font.unitsPerEm();
    List<Drawn> letters = new ArrayList<>();
    for (int[] range : characters) {
      for (int character = range[0]; character <= range[1]; character++) {
        int glyph = font.glyph(character);
        if (glyph != 0) {
          letters.add(draw(font, character, glyph, scale));
        }
      }
    }
    out.writeByte(pixels);
    out.writeByte((int) Math.round(font.ascent() * scale));
    out.writeByte((int) Math.round(font.descent() * scale));
    out.writeShort(letters.size());
    for (Drawn letter : letters) {
      write(out, letter);
    }
  }

  private static void write(DataOutputStream out, Drawn letter) throws IOException {
    out.writeChar(letter.character());
    out.writeByte(letter.advance());
    out.writeByte(letter.left());
    out.writeByte(letter.top());
    out.writeByte(letter.width());
    out.writeByte(letter.height());
    byte[] levels = letter.levels();
    for (int i = 0; i < levels.length; i += 2) {
      out.writeByte(levels[i] << 4 | (i + 1 < levels.length ? levels[i + 1] : 0));
    }
  }

  static Drawn draw(FontFile font, int character, int glyph, double scale) {
    int advance = (int) Math.round(font.advance(glyph) * scale);
    List<List<FontFile.Point>> outline = font.outline(glyph);
    double left = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = Double.MAX_VALUE;
    double top = -Double.MAX_VALUE;
    for (List<FontFile.Point> contour : outline) {
      for (FontFile.Point point : contour) {
        left = Math.min(left, point.x() * scale);
        right = Math.max(right, point.x() * scale);
        bottom = Math.min(bottom, point.y() * scale);
        top = Math.max(top, point.y() * scale);
      }
    }
    if (outline.isEmpty()) {
      return new Drawn(character, advance, 0, 0, 0, 0, new byte[0]);
    }
    int x = (int) Math.floor(left);
    int y = (int) Math.ceil(top);
    int width = (int) Math.ceil(right) - x;
    int height = y - (int) Math.floor(bottom);
    Coverage coverage = new Coverage(width, height);
    for (List<FontFile.Point> contour : outline) {
      coverage.add(
          contour.stream()
              .map(point ->
                  new FontFile.Point(point.x() * scale - x, y - point.y() * scale, point.onCurve()))
              .toList());
    }
    return new Drawn(character, advance, x, y, width, height, coverage.levels());
  }
}
