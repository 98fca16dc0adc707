package streamcache.library;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The content of a {@code .strm} file: the line that players open, and the text around it, which
 * stays as it is: a byte order mark, line ends, blank lines, comments and {@code #KODIPROP} lines.
 * Players open the first line that is neither blank nor a comment. Pure.
 */
final class StrmText {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String text;
  private final int from;
  private final int to;

  private StrmText(String text, int from, int to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /**
   * Finds the line. It has no white space around it.
   *
   * @throws CharacterCodingException if the content is not UTF-8
   */
  static Optional<StrmText> parse(byte[] content) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    int start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    while (start < text.length()) {
      int end = lineEnd(text, start);
      String line = text.substring(start, end);
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        int from = start + line.length() - line.stripLeading().length();
        return Optional.of(new StrmText(text, from, from + line.strip().length()));
      }
      start = end + 1;
    }
    return Optional.empty();
  }

  private static int lineEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /** What players open; may hold secrets. */
  String target() {
    return text.substring(from, to);
  }

  /** The content with another target. */
  byte[] with(String target) {
    String changed = text.substring(0, from) + target + text.substring(to);
    return changed.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "StrmText[~]";
  }
}
