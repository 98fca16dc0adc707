package streamcache.media;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * One packet of an MPEG transport stream (ISO/IEC 13818-1, section 2.4.3). Pure.
 *
 * @param bytes holds the packet; not changed
 * @param at where in {@code bytes} it begins; 188 bytes follow
 */
public record TransportPacket(ByteBuffer bytes, int at) {

  /** The length of a packet in bytes. */
  public static final int BYTES = 188;

  /** The first byte of every packet. */
  public static final byte SYNC = 0x47;

  /** Ticks a second of the clock that {@link #clock} reads. */
  public static final int CLOCK_HERTZ = 90_000;

  /** The clock starts again at 0 after this many ticks: 33 bits. */
  public static final long CLOCK_WRAPS = 1L << 33;

  private static final int HEADER = 4;

  /** Packet id: tells the streams of a channel apart. */
  public int id() {
    return (byteAt(1) & 0x1f) << 8 | byteAt(2);
  }

  /** Whether the table of programs begins in this packet, which a decoder needs first. */
  public boolean beginsPrograms() {
    return id() == 0 && beginsUnit();
  }

  /**
   * Whether a picture begins here that can be decoded without any before it. Encoders mark every
   * unit of sound in the same way, so that only video counts.
   */
  public boolean beginsKeyPicture() {
    return beginsUnit() && (flags() & 0x40) != 0 && isVideo();
  }

  /** The program clock reference in ticks of {@link #CLOCK_HERTZ}; empty in most packets. */
  public OptionalLong clock() {
    if ((flags() & 0x10) == 0) {
      return OptionalLong.empty();
    }
    long high = (long) byteAt(6) << 24 | byteAt(7) << 16 | byteAt(8) << 8 | byteAt(9);
    return OptionalLong.of(high << 1 | byteAt(10) >> 7);
  }

  private boolean beginsUnit() {
    return (byteAt(1) & 0x40) != 0;
  }

  /** The flags of the adaptation field; 0 without one. */
  private int flags() {
    return hasAdaptation() && byteAt(HEADER) > 0 ? byteAt(HEADER + 1) : 0;
  }

  private boolean hasAdaptation() {
    return (byteAt(3) & 0x20) != 0;
  }

  /** Whether the payload begins as a packet of video does: 00 00 01 E0 to EF. */
  private boolean isVideo() {
    int payload = HEADER + (hasAdaptation() ? 1 + byteAt(HEADER) : 0);
    return payload + HEADER <= BYTES
        && byteAt(payload) == 0
        && byteAt(payload + 1) == 0
        && byteAt(payload + 2) == 1
        && (byteAt(payload + 3) & 0xf0) == 0xe0;
  }

  private int byteAt(int offset) {
    return bytes.get(at + offset) & 0xff;
  }
}
