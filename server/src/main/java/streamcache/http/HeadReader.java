package streamcache.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of one connection until a request head is complete, with its body if it may
 * have one, and bounds the cost of both. Owned by a {@link ClientConnection}, called on its event
 * loop only.
 *
 * <p>Netty's decoder is not used: its result no longer shows folded lines and stray bytes, and what
 * a proxy in front took for two requests must not be one here.
 */
final class HeadReader {

  static final int TARGET_MAX = 16 << 10;
  static final int FIELDS_MAX = 32 << 10;
  static final int LINES_MAX = 100;

  /** Method, version, spaces and line end next to a target of {@link #TARGET_MAX}. */
  private static final int LINE_SLACK = 64;

  /** Empty lines accepted before a request line (RFC 9112 section 2.2 asks for at least one). */
  private static final int BLANK_LINES_MAX = 4;

  private final Predicate<String> takesBody;
  private @Nullable ByteBuf held;

  /** A head whose body has not been received completely. */
  private @Nullable RequestHead bodyless;

  private int blankLines;

  /** Complete lines of the current head, and where they end, counted from its first byte. */
  private int lines;

  private int linesEnd;
  private int requestLineEnd;

  /**
   * @param takesBody whether requests for a target, as written, may have a body
   */
  HeadReader(Predicate<String> takesBody) {
    this.takesBody = takesBody;
  }

  /** Takes ownership of {@code bytes}. */
  void add(ByteBuf bytes) {
    ByteBuf before = held;
    if (before == null) {
      held = bytes;
      return;
    }
    before.discardSomeReadBytes();
    before.writeBytes(bytes);
    bytes.release();
  }

  /** Received bytes that belong to no request yet. */
  int pending() {
    return held == null ? 0 : held.readableBytes();
  }

  /** Whether no byte of a request has been received that was not returned. */
  boolean isBetweenRequests() {
    return held == null && bodyless == null;
  }

  void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  /** Returns the next head, or what is wrong with it; null when more bytes are needed. */
  @Nullable HeadOutcome next() {
    ByteBuf bytes = held;
    if (bytes == null) {
      return null;
    }
    HeadOutcome outcome = bodyless == null ? nextHead(bytes) : null;
    if (outcome instanceof RequestHead head && head.bodyLength() > 0) {
      bodyless = head;
      outcome = null;
    }
    RequestHead head = bodyless;
    if (head != null && bytes.readableBytes() >= head.bodyLength()) {
      bodyless = null;
      outcome = head.withBody(bytes.readString(head.bodyLength(), StandardCharsets.UTF_8));
    }
    if (!bytes.isReadable()) {
      release();
    }
    return outcome;
  }

  private @Nullable HeadOutcome nextHead(ByteBuf bytes) {
    HeadOutcome outcome = lines == 0 ? startOf(bytes) : null;
    return outcome == null && bytes.isReadable() ? readLines(bytes) : outcome;
  }

  /** Skips empty lines and refuses what cannot be HTTP (a TLS hello) at its first byte. */
  private @Nullable HeadOutcome startOf(ByteBuf bytes) {
    while (bytes.readableBytes() >= 2
        && bytes.getByte(bytes.readerIndex()) == '\r'
        && bytes.getByte(bytes.readerIndex() + 1) == '\n') {
      bytes.skipBytes(2);
      blankLines++;
      if (blankLines > BLANK_LINES_MAX) {
        return EarlyResponse.closing(
            400, "A request must begin with a request line, not with empty lines.");
      }
    }
    if (!bytes.isReadable()) {
      return null;
    }
    byte first = bytes.getByte(bytes.readerIndex());
    boolean mayBegin = HeadParser.isTokenByte(first) || first == '\r';
    return mayBegin ? null : EarlyResponse.closing(400, "This port speaks plain HTTP/1.1.");
  }

  private @Nullable HeadOutcome readLines(ByteBuf bytes) {
    int start = bytes.readerIndex();
    while (true) {
      int lineStart = start + linesEnd;
      int feed = bytes.indexOf(lineStart, bytes.writerIndex(), (byte) '\n');
      int lineEnd = feed < 0 ? bytes.writerIndex() : feed + 1;
      EarlyResponse tooLong = limit(lineEnd - start);
      if (tooLong != null) {
        return tooLong;
      }
      if (feed < 0) {
        return null;
      }
      if (feed == lineStart || bytes.getByte(feed - 1) != '\r') {
        return EarlyResponse.closing(400, "Every line of a request must end with CR and LF.");
      }
      linesEnd = lineEnd - start;
      if (feed == lineStart + 1) {
        return complete(bytes);
      }
      lines++;
      if (lines == 1) {
        requestLineEnd = linesEnd;
      }
    }
  }

  /** Returns the refusal if the head, {@code size} bytes so far, exceeds a limit. */
  private @Nullable EarlyResponse limit(int size) {
    if (lines == 0) {
      return size <= TARGET_MAX + LINE_SLACK
          ? null
          : EarlyResponse.closing(414, "The request line is longer than 16 KiB.");
    }
    boolean oneTooMany = lines > LINES_MAX + 1;
    if (oneTooMany || size - requestLineEnd > FIELDS_MAX) {
      return EarlyResponse.closing(431, "The headers exceed 100 lines or 32 KiB.");
    }
    return null;
  }

  private HeadOutcome complete(ByteBuf bytes) {
    byte[] head = new byte[linesEnd];
    bytes.readBytes(head);
    lines = 0;
    linesEnd = 0;
    requestLineEnd = 0;
    blankLines = 0;
    return HeadParser.parse(head, takesBody);
  }
}
