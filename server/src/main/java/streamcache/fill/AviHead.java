package streamcache.fill;

import java.nio.ByteBuffer;

/**
 * The playing time of an AVI file: time of a frame times number of frames, from {@code avih}, which
 * is always the first chunk of the first list (Microsoft, AVI RIFF File Reference).
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

  private AviHead() {}

  /**
   * @return 0 when the file does not say it
   * @throws IndexOutOfBoundsException when {@code bytes} are too few to tell
   */
  static double seconds(ByteBuffer bytes) {
    if (bytes.getInt(TYPE_AT) != AVI || bytes.getInt(MAIN_HEADER_AT) != MAIN_HEADER) {
      return 0;
    }
    return littleEndian(bytes, MICROSECONDS_AT) * (double) littleEndian(bytes, FRAMES_AT) / 1e6;
  }

  private static long littleEndian(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(Integer.reverseBytes(bytes.getInt(at)));
  }
}
