package streamcache.media;

import java.nio.ByteBuffer;

/**
 * The playing time of an AVI file: that of the first stream ({@code strh}) if it is video, else the
 * time per frame times the number of frames from {@code avih}, which is always the first chunk of
 * the first list (Microsoft, AVI RIFF File Reference). A file of more than one or two gigabytes has
 * several parts, and {@code avih} counts the frames of the first only (OpenDML AVI File Format
 * Extensions).
 */
final class AviHead {

  /** RIFF. */
  static final int MAGIC = 0x52494646;

  private static final int AVI = 0x41564920;
  private static final int MAIN_HEADER = 0x61766968;
  private static final int TYPE_AT = 8;
  private static final int MAIN_HEADER_AT = 24;
  private static final int MICROSECONDS_AT = 32;
  private static final int FRAMES_AT = 48;

  private static final int STREAM_HEADER = 0x73747268;
  private static final int PICTURES = 0x76696473;
  private static final int STREAM_HEADER_AT = 100;
  private static final int STREAM_TYPE_AT = 108;
  private static final int SCALE_AT = 128;
  private static final int RATE_AT = 132;
  private static final int LENGTH_AT = 140;

  private AviHead() {}

  /**
   * @return 0 if the file does not state it
   * @throws IndexOutOfBoundsException if {@code bytes} are too few to tell
   */
  static double seconds(ByteBuffer bytes) {
    if (bytes.getInt(TYPE_AT) != AVI || bytes.getInt(MAIN_HEADER_AT) != MAIN_HEADER) {
      return 0;
    }
    double pictures = pictures(bytes);
    return pictures > 0
        ? pictures
        : littleEndian(bytes, MICROSECONDS_AT) * (double) littleEndian(bytes, FRAMES_AT) / 1e6;
  }

  /** 0 if video is not the first stream, or not in the usual place. */
  private static double pictures(ByteBuffer bytes) {
    if (bytes.getInt(STREAM_HEADER_AT) != STREAM_HEADER
        || bytes.getInt(STREAM_TYPE_AT) != PICTURES) {
      return 0;
    }
    long rate = littleEndian(bytes, RATE_AT);
    double units = littleEndian(bytes, LENGTH_AT);
    return rate == 0 ? 0 : units * littleEndian(bytes, SCALE_AT) / rate;
  }

  private static long littleEndian(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(Integer.reverseBytes(bytes.getInt(at)));
  }
}
