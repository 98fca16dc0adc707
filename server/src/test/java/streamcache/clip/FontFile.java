package streamcache.clip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Outlines and widths of a TrueType font, as far as {@link GlyphPress} needs them: character map
 * format 4, simple and composite glyphs, no hints. All lengths are in font units.
 */
final class FontFile {

  /** A corner of a contour, or the control point between two corners. */
  record Point(double x, double y, boolean onCurve) {}

  private static final int ARGUMENTS_ARE_WORDS = 0x01;
  private static final int HAS_SCALE = 0x08;
  private static final int MORE_PARTS = 0x20;
  private static final int HAS_TWO_SCALES = 0x40;
  private static final int HAS_MATRIX = 0x80;

  private final ByteBuffer font;
  private final Map<String, Integer> tables = new HashMap<>();

  FontFile(byte[] bytes) {
    font = ByteBuffer.wrap(bytes);
    int count = font.getShort(4);
    for (int i = 0; i < count; i++) {
      byte[] tag = new byte[4];
      font.get(12 + 16 * i, tag);
      tables.put(new String(tag, StandardCharsets.US_ASCII), font.getInt(12 + 16 * i + 8));
    }
  }

  int unitsPerEm() {
    return unsigned(table("head") + 18);
  }

  int ascent() {
    return font.getShort(table("hhea") + 4);
  }

  /** The distance below the baseline, as a positive number. */
  int descent() {
    return -font.getShort(table("hhea") + 6);
  }

  /** The glyph of a character; 0 if the font has none. */
  int glyph(int character) {
    int map = format4();
    int doubled = unsigned(map + 6);
    for (int end = map + 14; end < map + 14 + doubled; end += 2) {
      if (character <= unsigned(end)) {
        return inSegment(character, end + doubled + 2, doubled);
      }
    }
    return 0;
  }

  private int inSegment(int character, int start, int doubled) {
    if (character < unsigned(start)) {
      return 0;
    }
    int delta = unsigned(start + doubled);
    int offset = start + 2 * doubled;
    if (unsigned(offset) == 0) {
      return (character + delta) & 0xffff;
    }
    int found = unsigned(offset + unsigned(offset) + 2 * (character - unsigned(start)));
    return found == 0 ? 0 : (found + delta) & 0xffff;
  }

  private int format4() {
    int cmap = table("cmap");
    for (int i = 0; i < unsigned(cmap + 2); i++) {
      int map = cmap + font.getInt(cmap + 4 + 8 * i + 4);
      if (unsigned(map) == 4) {
        return map;
      }
    }
    throw new IllegalArgumentException("no character map of format 4");
  }

  int advance(int glyph) {
    int measured = unsigned(table("hhea") + 34);
    return unsigned(table("hmtx") + 4 * Math.min(glyph, measured - 1));
  }

  /** Returns the closed contours of a glyph. */
  List<List<Point>> outline(int glyph) {
    int start = location(glyph);
    if (start == location(glyph + 1)) {
      return List.of();
    }
    int at = table("glyf") + start;
    int contours = font.getShort(at);
    return contours >= 0 ? simple(at + 10, contours) : composed(at + 10);
  }

  private int location(int glyph) {
    boolean isLong = font.getShort(table("head") + 50) == 1;
    int loca = table("loca");
    return isLong ? font.getInt(loca + 4 * glyph) : 2 * unsigned(loca + 2 * glyph);
  }

  private List<List<Point>> simple(int ends, int contours) {
    int count = unsigned(ends + 2 * contours - 2) + 1;
    int at = ends + 2 * contours + 2 + unsigned(ends + 2 * contours);
    int[] flags = new int[count];
    for (int i = 0; i < count; i++) {
      flags[i] = font.get(at++) & 0xff;
      if ((flags[i] & 8) != 0) {
        for (int repeats = font.get(at++) & 0xff; repeats > 0; repeats--, i++) {
          flags[i + 1] = flags[i];
        }
      }
    }
    int[] x = new int[count];
    int[] y = new int[count];
    at = coordinates(at, flags, /* shortBit= */ 2, /* sameBit= */ 16, x);
    coordinates(at, flags, /* shortBit= */ 4, /* sameBit= */ 32, y);
    List<List<Point>> outline = new ArrayList<>();
    int from = 0;
    for (int contour = 0; contour < contours; contour++) {
      int to = unsigned(ends + 2 * contour) + 1;
      List<Point> points = new ArrayList<>();
      for (int i = from; i < to; i++) {
        points.add(new Point(x[i], y[i], (flags[i] & 1) != 0));
      }
      outline.add(points);
      from = to;
    }
    return outline;
  }

  private int coordinates(int start, int[] flags, int shortBit, int sameBit, int[] target) {
    int at = start;
    int value = 0;
    for (int i = 0; i < flags.length; i++) {
      boolean same = (flags[i] & sameBit) != 0;
      if ((flags[i] & shortBit) != 0) {
        int step = font.get(at++) & 0xff;
        value += same ? step : -step;
      } else if (!same) {
        value += font.getShort(at);
        at += 2;
      }
      target[i] = value;
    }
    return at;
  }

  private List<List<Point>> composed(int start) {
    List<List<Point>> outline = new ArrayList<>();
    int at = start;
    int flags;
    do {
      flags = unsigned(at);
      int part = unsigned(at + 2);
      at += 4;
      boolean words = (flags & ARGUMENTS_ARE_WORDS) != 0;
      double dx = words ? font.getShort(at) : font.get(at);
      double dy = words ? font.getShort(at + 2) : font.get(at + 1);
      at += words ? 4 : 2;
      double[] matrix = {1, 0, 0, 1};
      at = matrix(at, flags, matrix);
      for (List<Point> contour : outline(part)) {
        outline.add(contour.stream().map(point -> moved(point, matrix, dx, dy)).toList());
      }
    } while ((flags & MORE_PARTS) != 0);
    return outline;
  }

  private int matrix(int at, int flags, double[] matrix) {
    if ((flags & HAS_SCALE) != 0) {
      matrix[0] = fraction(at);
      matrix[3] = matrix[0];
      return at + 2;
    }
    if ((flags & HAS_TWO_SCALES) != 0) {
      matrix[0] = fraction(at);
      matrix[3] = fraction(at + 2);
      return at + 4;
    }
    if ((flags & HAS_MATRIX) != 0) {
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] = fraction(at + 2 * i);
      }
      return at + 8;
    }
    return at;
  }

  private static Point moved(Point point, double[] matrix, double dx, double dy) {
    return new Point(
        matrix[0] * point.x() + matrix[2] * point.y() + dx,
        matrix[1] * point.x() + matrix[3] * point.y() + dy,
        point.onCurve());
  }

  private double fraction(int at) {
    return font.getShort(at) / 16384.0;
  }

  private int table(String tag) {
    return tables.get(tag);
  }

  private int unsigned(int at) {
    return font.getShort(at) & 0xffff;
  }
}
