package streamcache.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;

/**
 * Whether bytes are for people or programs and not for players: markup, JSON, lists, plain text;
 * pure. Films show a control byte within their first few; text has none.
 */
final class TextSniff {

  /** A letter that was cut in two where the piece begins or ends, in UTF-8. */
  private static final int CUT_LETTERS = 3;

  private TextSniff() {}

  /** Whether these first bytes of a file are a list of addresses (m3u, m3u8). */
  static boolean isPlaylist(byte[] first) {
    return leading(first).startsWith("#EXTM3U");
  }

  /** Whether a file that begins with these bytes is text, in whatever encoding. */
  static boolean isText(byte[] first) {
    return isMarkup(first) || isWithoutControls(new String(first, ISO_8859_1)) || isWide(first);
  }

  /**
   * Whether a piece from the middle of a file is text for sure: in UTF-8 or ASCII. Bytes beyond
   * ASCII alone say nothing there, a film is full of them.
   */
  static boolean isPieceOfText(byte[] piece) {
    String text = new String(piece, UTF_8);
    long broken = text.chars().filter(letter -> letter == '\ufffd').count();
    return broken <= CUT_LETTERS && isWithoutControls(text);
  }

  /** Whether these bytes begin as HTML or XML, whatever follows. */
  private static boolean isMarkup(byte[] first) {
    String text = leading(first).toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml");
  }

  private static boolean isWithoutControls(String text) {
    return !text.isEmpty() && text.chars().noneMatch(TextSniff::isControl);
  }

  private static boolean isControl(int letter) {
    boolean isLayout = letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
    return (letter < 0x20 && !isLayout) || letter == 0x7f;
  }

  /** UTF-16, by its mark or by a zero in every letter of plain English. */
  private static boolean isWide(byte[] first) {
    String text = new String(first, ISO_8859_1);
    boolean isMarked = text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff");
    return isWide(first, UTF_16LE, isMarked) || isWide(first, UTF_16BE, isMarked);
  }

  private static boolean isWide(byte[] first, Charset charset, boolean isMarked) {
    String text = new String(first, 0, first.length / 2 * 2, charset);
    String letters = text.startsWith("\ufeff") ? text.substring(1) : text;
    return isWithoutControls(letters)
        && letters.chars().allMatch(letter -> letter < 0x80 || (isMarked && letter < 0xfff0));
  }

  private static String leading(byte[] first) {
    return new String(first, ISO_8859_1).replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
  }
}
