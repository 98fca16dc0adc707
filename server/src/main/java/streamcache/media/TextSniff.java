package streamcache.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Detects text, which is for people or programs and not for players: markup, JSON, playlists, plain
 * text; pure. A film has a control byte among its first few bytes; text has none.
 */
public final class TextSniff {

  /** Most replacement characters that result from cutting UTF-8 at both ends of a piece. */
  private static final int CUT_LETTERS = 3;

  private static final Pattern UPLOAD = Pattern.compile("[0-9a-fA-F]{1,16};chunk-signature=");

  private TextSniff() {}

  /** Whether these first bytes of a file are a playlist (m3u, m3u8). */
  public static boolean isPlaylist(byte[] first) {
    return leading(first).startsWith("#EXTM3U");
  }

  /**
   * Whether the body still has the framing of an upload to an object store, which precedes each
   * piece with a line of text (aws-chunked).
   */
  public static boolean isUploadFraming(byte[] first) {
    return UPLOAD.matcher(new String(first, ISO_8859_1)).lookingAt();
  }

  /** Whether a byte is among these that no text in ASCII, Latin-1 or UTF-8 contains. */
  public static boolean hasControls(byte[] bytes) {
    return !isWithoutControls(new String(bytes, ISO_8859_1));
  }

  /** Whether a file that begins with these bytes is text, in any encoding. */
  public static boolean isText(byte[] first) {
    return isMarkup(first) || isWithoutControls(new String(first, ISO_8859_1)) || isWide(first);
  }

  /**
   * Whether a piece from the middle of a file is certainly text, in UTF-8 or ASCII. Non-ASCII bytes
   * alone prove nothing there, since a film is full of them.
   */
  public static boolean isPieceOfText(byte[] piece) {
    String text = new String(piece, UTF_8);
    long broken = text.chars().filter(letter -> letter == '\ufffd').count();
    return broken <= CUT_LETTERS && isWithoutControls(text);
  }

  /** Whether these bytes begin like HTML or XML, whatever follows. */
  public static boolean isMarkup(byte[] first) {
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

  /** Whether this is UTF-16, by its byte order mark or by a zero byte in every ASCII letter. */
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
