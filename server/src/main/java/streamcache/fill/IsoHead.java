package streamcache.fill;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The playing time of a file in the ISO base media format (MP4, MOV): that of {@code mvhd}, in
 * fragmented ones of {@code mehd}, both in {@code moov} (ISO/IEC 14496-12 sections 8.2.2, 8.8.2).
 * Files that have {@code moov} behind their pictures, {@code mdat}, say in front where these end.
 */
final class IsoHead {

  private static final int HEADER = 8;
  private static final int LONG_HEADER = 16;

  /** Version and flags of a full box. */
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
   * @return 0 when the file does not say it
   * @throws IndexOutOfBoundsException when it may say it behind the end of {@code bytes}
   */
  static double seconds(ByteBuffer bytes) {
    IsoHead head = new IsoHead(bytes);
    head.boxes(0, bytes.limit(), "");
    long ticks = head.duration > 0 ? head.duration : head.fragments;
    return head.timescale <= 0 || ticks <= 0 ? 0 : ticks / (double) head.timescale;
  }

  /** Where the pictures end that reach behind the end of {@code bytes}; any bytes will do. */
  static OptionalLong behindPictures(ByteBuffer bytes) {
    IsoHead head = new IsoHead(bytes);
    try {
      head.boxes(0, bytes.limit(), "");
    } catch (IndexOutOfBoundsException _) {
      // A box that is cut within is no pictures.
      return OptionalLong.empty();
    }
    return head.behindPictures > 0 ? OptionalLong.of(head.behindPictures) : OptionalLong.empty();
  }

  /** Each box takes at least its header, so this ends. */
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

  /** Only where each belongs, so that boxes in boxes in boxes lead nowhere. */
  private void box(String parent, String type, long from, long end) {
    switch (parent + '/' + type) {
      case "/moov", "moov/mvex" -> boxes(from, end, type);
      case "moov/mvhd" -> movie(content(from, end));
      case "mvex/mehd" -> fragments = number(content(from, end), VERSION);
      default -> {}
    }
  }

  /** Nothing behind a box is taken for what it should have held. */
  private ByteBuffer content(long from, long end) {
    return bytes.slice((int) from, (int) (end - from));
  }

  private void movie(ByteBuffer box) {
    // Made and changed come first.
    int times = 2 * (isLong(box) ? Long.BYTES : Integer.BYTES);
    timescale = Integer.toUnsignedLong(box.getInt(VERSION + times));
    duration = number(box, VERSION + times + Integer.BYTES);
  }

  /** Whether its times have eight bytes. */
  private static boolean isLong(ByteBuffer box) {
    return box.get(0) == 1;
  }

  /** 0 for what is not known. */
  private static long number(ByteBuffer box, int at) {
    if (isLong(box)) {
      long value = box.getLong(at);
      return value == UNKNOWN_LONG ? 0 : value;
    }
    long value = Integer.toUnsignedLong(box.getInt(at));
    return value == UNKNOWN_INT ? 0 : value;
  }
}
