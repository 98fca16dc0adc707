package streamcache.clip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * The letters of one size, rendered in advance ({@code GlyphPress} among the tests), so that
 * nothing here needs a font or a desktop. Immutable; any thread.
 *
 * <p>The resource holds the faces one after the other: size, ascent and descent in pixels (a byte
 * each), the number of letters (two bytes), then each letter in ascending character order: the
 * character (two bytes), its advance, the column and the row above the base line of its upper left
 * pixel (signed), width, height (a byte each), and a level of 0 to 15 for each pixel, two in a
 * byte.
 */
final class Glyphs {

  static final String RESOURCE = "glyphs.bin";
  static final int HEADLINE_PIXELS = 48;
  static final int TEXT_PIXELS = 30;

  /** Replaces every character that has no letter. */
  private static final char BOX = '\u25a1';

  private static final int LETTER_HEAD = 7;

  private final byte[] data;
  private final char[] characters;
  private final int[] offsets;
  private final int ascent;
  private final int descent;
  private final int end;

  /** Loaded when the first clip is drawn. */
  private static final class Loaded {
    private static final byte[] ALL = resource();
    private static final Glyphs HEADLINE = new Glyphs(ALL, 0);
    private static final Glyphs TEXT = new Glyphs(ALL, HEADLINE.end);
  }

  static Glyphs headline() {
    return Loaded.HEADLINE;
  }

  static Glyphs text() {
    return Loaded.TEXT;
  }

  private Glyphs(byte[] all, int start) {
    data = all;
    ByteBuffer in = ByteBuffer.wrap(all).position(start + 1);
    ascent = in.get();
    descent = in.get();
    int count = in.getShort();
    characters = new char[count];
    offsets = new int[count];
    for (int i = 0; i < count; i++) {
      characters[i] = in.getChar(in.position());
      offsets[i] = in.position();
      int pixels = width(in.position()) * height(in.position());
      in.position(in.position() + LETTER_HEAD + (pixels + 1) / 2);
    }
    end = in.position();
  }

  private static byte[] resource() {
    try (InputStream file =
        Objects.requireNonNull(Glyphs.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int ascent() {
    return ascent;
  }

  int descent() {
    return descent;
  }

  /** Whether the character itself can be drawn, rather than a box in its place. */
  boolean has(int character) {
    return character <= Character.MAX_VALUE
        && Arrays.binarySearch(characters, (char) character) >= 0;
  }

  int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += advance(text.charAt(i));
    }
    return width;
  }

  /** Horizontal advance of a letter in pixels. */
  int advance(char character) {
    return data[find(character) + 2] & 0xff;
  }

  /**
   * Draws a line of plain text (see {@link PlainText}), from left to right in the given order.
   *
   * @param x of its left end, in pixels
   * @param y of its base line
   * @param luma of a fully covered pixel
   */
  void draw(Picture picture, String text, int x, int y, int luma) {
    int at = x;
    for (int i = 0; i < text.length(); i++) {
      drawLetter(picture, find(text.charAt(i)), at, y, luma);
      at += advance(text.charAt(i));
    }
  }

  private void drawLetter(Picture picture, int letter, int x, int y, int luma) {
    int width = width(letter);
    int left = x + data[letter + 3];
    int top = y - data[letter + 4];
    for (int i = 0; i < width * height(letter); i++) {
      int pair = data[letter + LETTER_HEAD + i / 2];
      int level = (i % 2 == 0 ? pair >> 4 : pair) & 15;
      if (level > 0) {
        picture.blend(left + i % width, top + i / width, luma, level);
      }
    }
  }

  private int find(char character) {
    int found = Arrays.binarySearch(characters, character);
    return offsets[found >= 0 ? found : Arrays.binarySearch(characters, BOX)];
  }

  private int width(int letter) {
    return data[letter + 5] & 0xff;
  }

  private int height(int letter) {
    return data[letter + 6] & 0xff;
  }
}
