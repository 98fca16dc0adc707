package streamcache.clip;

import java.util.Arrays;

/** The H.264 wrapping that prevents three bytes from looking like the start of a unit. Pure. */
final class NalUnit {

  /** Type 7. */
  static final int SEQUENCE_PARAMETERS = 0x67;

  /** Type 8. */
  static final int PICTURE_PARAMETERS = 0x68;

  /** Type 5: decoding may begin here. */
  static final int INSTANT_REFRESH = 0x65;

  /** Type 1; other pictures refer to it. */
  static final int REFERENCE_SLICE = 0x41;

  private NalUnit() {}

  /**
   * @param header the first byte: one of the constants
   * @param payload without emulation prevention
   */
  static byte[] wrap(int header, byte[] payload) {
    byte[] unit = new byte[1 + payload.length + payload.length / 2];
    unit[0] = (byte) header;
    int at = 1;
    int zeros = 0;
    for (byte next : payload) {
      if (zeros >= 2 && (next & 0xff) <= 3) {
        unit[at++] = 3;
        zeros = 0;
      }
      unit[at++] = next;
      zeros = next == 0 ? zeros + 1 : 0;
    }
    return Arrays.copyOf(unit, at);
  }
}
