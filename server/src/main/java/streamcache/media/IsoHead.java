package streamcache.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The playing time of a file in the ISO base media format (MP4, MOV): that of {@code mvhd}, or in
 * fragmented files of {@code mehd}, both in {@code moov} (ISO/IEC 14496-12 sections 8.2.2, 8.8.2).
 * In a file that has {@code moov} after its media data, {@code mdat}, the header of {@code mdat}
 * shows where the data ends.
 */
final class IsoHead {

  private static final int HEADER = 8;
  private static final int LONG_HEADER = 16;

  /** Length of the version and flags of a full box. */
  private static final int VERSION = 4;

  private static final long UNKNOWN_INT = 0xFFFFFFFFL;
  private static final long UNKNOWN_LONG = -1;

  private final ByteBuffer bytes;
  private long timescale;
  private long duration;
  private long fragments;
  private long behindPictures;

  private IsoHead(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * @return 0 if the file does not state it
   * @throws IndexOutOfBoundsException if it may be stated after the end of {@code bytes}
   */
  static double seconds(ByteBuffer bytes) {
    IsoHead head = new IsoHead(bytes);
    head.boxes(0, bytes.limit(), "");
    long ticks = head.duration > 0 ? head.duration : head.fragments;
    return head.timescale <= 0 || ticks <= 0 ? 0 : ticks / (double) head.timescale;
  }

  /** The end of media data that extends past the end of {@code bytes}; accepts any bytes. */
  static OptionalLong behindPictures(ByteBuffer bytes) {
    IsoHead head = new IsoHead(bytes);
    try {
      head.boxes(0, bytes.limit(), "");
    } catch (IndexOutOfBoundsException _) {
      // The truncated box is not media data.
      return OptionalLong.empty();
    }
    return head.behindPictures > 0 ? OptionalLong.of(head.behindPictures) : OptionalLong.empty();
  }

  /** Terminates because each box takes at least its header. */
  private void boxes(long from, long end, String parent) {
    long position = from;
    while (end - position >= HEADER) {
      int at = (int) position;
      long size = Integer.toUnsignedLong(bytes.getInt(at));
      int header = HEADER;
      if (size == 1) {
        if (end - position < LONG_HEADER) {
          return;
        }
        size = bytes.getLong(at + HEADER);
        header = LONG_HEADER;
      } else if (size == 0) {
        size = end - position;
      }
      if (size < header) {
        return;
      }
      String type = type(at + Integer.BYTES);
      if (size > end - position && (parent + '/' + type).equals("/mdat")) {
        behindPictures = position + size;
      }
      long next = size > end - position ? end : position + size;
      box(parent, type, position + header, next);
      position = next;
    }
  }

  private String type(int at) {
    byte[] letters = new byte[Integer.BYTES];
    bytes.get(at, letters);
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  /** Reads each box only where it belongs, which bounds the nesting. */
  private void box(String parent, String type, long from, long end) {
    switch (parent + '/' + type) {
      case "/moov", "moov/mvex" -> boxes(from, end, type);
      case "moov/mvhd" -> movie(content(from, end));
      case "mvex/mehd" -> fragments = number(content(from, end), VERSION);
      default -> {}
    }
  }

  /** Limits reads to the box, so that bytes after it are not taken for its content. */
  private ByteBuffer content(long from, long end) {
    return bytes.slice((int) from, (int) (end - from));
  }

  private void movie(ByteBuffer box) {
    // The creation and modification times come first.
    int times = 2 * (isLong(box) ? Long.BYTES : Integer.BYTES);
    timescale = Integer.toUnsignedLong(box.getInt(VERSION + times));
    duration = number(box, VERSION + times + Integer.BYTES);
  }

  /** Whether the times in the box have eight bytes. */
  private static boolean isLong(ByteBuffer box) {
    return box.get(0) == 1;
  }

  /** 0 if the value is not known. */
  private static long number(ByteBuffer box, int at) {
    if (isLong(box)) {
      long value = box.getLong(at);
      return value == UNKNOWN_LONG ? 0 : value;
    }
    long value = Integer.toUnsignedLong(box.getInt(at));
    return value == UNKNOWN_INT ? 0 : value;
  }
}
