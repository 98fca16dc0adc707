package streamcache.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * The lines of a playlist, read as a stream. Lines end in LF, CRLF or CR. A line that is not valid
 * UTF-8 is read as Latin-1, since many playlists mix both. Owned by its reader; one thread.
 */
final class PlaylistLines {

  /**
   * A longer line is no line of a playlist; the rest of it is skipped, so that memory is bounded.
   */
  static final int LONGEST = 64 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line = new byte[LONGEST];
  private int position;
  private int limit;
  private boolean isFirst = true;
  private boolean afterReturn;

  PlaylistLines(InputStream in) {
    this.in = in;
  }

  /** The next line without its end and without white space around it; empty at the end. */
  Optional<String> next() throws IOException {
    int length = 0;
    int read = nextByte();
    if (afterReturn && read == '\n') {
      read = nextByte();
    }
    if (read < 0) {
      return Optional.empty();
    }
    while (read >= 0 && read != '\n' && read != '\r') {
      if (length < LONGEST) {
        line[length++] = (byte) read;
      }
      read = nextByte();
    }
    afterReturn = read == '\r';
    return Optional.of(text(length));
  }

  private int nextByte() throws IOException {
    if (position == limit) {
      limit = in.read(buffer);
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return -1;
      }
    }
    return buffer[position++] & 0xFF;
  }

  private String text(int length) {
    String text = decoded(length);
    boolean isMarked = isFirst && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    isFirst = false;
    return (isMarked ? text.substring(1) : text).strip();
  }

  private String decoded(int length) {
    if (isAscii(length)) {
      return new String(line, 0, length, ISO_8859_1);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(line, 0, length, ISO_8859_1);
    }
  }

  private boolean isAscii(int length) {
    for (int at = 0; at < length; at++) {
      if (line[at] < 0) {
        return false;
      }
    }
    return true;
  }
}
