package streamcache.clip;

import java.text.Bidi;
import java.text.Normalizer;
import java.util.stream.IntStream;

/** Turns any text into one that can be drawn letter by letter, left to right. Pure. */
final class PlainText {

  /** More than a card can show, in UTF-16 units; the rest is ignored. */
  private static final int LONGEST = 2000;

  /** Replaces characters without a letter; one box for a whole run of them. */
  private static final int BOX = '\u25a1';

  private PlainText() {}

  /**
   * Returns one line without control characters, every character of which the face has: composed
   * where possible, otherwise in its plain form, otherwise a box.
   */
  static String of(String written, Glyphs face) {
    String text = written.length() > LONGEST ? written.substring(0, LONGEST) : written;
    StringBuilder plain = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .flatMap(character -> drawable(character, face))
        .filter(character -> !repeats(plain, character))
        .forEach(plain::appendCodePoint);
    return plain.toString().strip();
  }

  /** Whether a space would follow a space, or a box a box. */
  private static boolean repeats(StringBuilder before, int character) {
    boolean isJoined = character == ' ' || character == BOX;
    return isJoined && !before.isEmpty() && before.charAt(before.length() - 1) == character;
  }

  private static IntStream drawable(int character, Glyphs face) {
    if (isBlank(character)) {
      return IntStream.of(' ');
    }
    if (isUnseen(character)) {
      return IntStream.empty();
    }
    if (face.has(character)) {
      return IntStream.of(character);
    }
    int[] simpler =
        Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD)
            .codePoints()
            .filter(part -> !isUnseen(part))
            .toArray();
    boolean known = simpler.length > 0 && IntStream.of(simpler).allMatch(face::has);
    return known ? IntStream.of(simpler) : IntStream.of(BOX);
  }

  private static boolean isBlank(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** Marks that would have to be placed on a letter, and control and format characters. */
  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  /** Returns a line in visual order: right-to-left text is reversed. */
  static String visual(String line) {
    char[] letters = line.toCharArray();
    if (!Bidi.requiresBidi(letters, 0, letters.length)) {
      return line;
    }
    Bidi bidi = new Bidi(line, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    byte[] levels = new byte[letters.length];
    Character[] order = new Character[letters.length];
    for (int i = 0; i < letters.length; i++) {
      levels[i] = (byte) bidi.getLevelAt(i);
      order[i] = levels[i] % 2 == 1 ? mirrored(letters[i]) : letters[i];
    }
    Bidi.reorderVisually(levels, 0, order, 0, order.length);
    StringBuilder shown = new StringBuilder();
    for (Character letter : order) {
      shown.append(letter.charValue());
    }
    return shown.toString();
  }

  private static char mirrored(char letter) {
    String pairs = "()[]{}<>«»‹›";
    int at = pairs.indexOf(letter);
    return at < 0 ? letter : pairs.charAt(at ^ 1);
  }
}
