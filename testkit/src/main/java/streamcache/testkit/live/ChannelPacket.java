package streamcache.testkit.live;

import java.nio.ByteBuffer;

/**
 * The packets of a channel, numbered: a table of programs every {@link #TABLE_EVERY}, a key picture
 * behind each fifth table, a clock between. Every byte follows from the number. Pure.
 */
public final class ChannelPacket {

  /** The length of a packet in bytes. */
  public static final int BYTES = 188;

  /** Packets that play in a second: about 1 MB. */
  public static final int A_SECOND = 5_500;

  public static final int TABLE_EVERY = 100;

  /** From one table of programs before a key picture to the next: a picture can start there. */
  public static final int PICTURE_EVERY = 5 * TABLE_EVERY;

  private static final int VIDEO = 0x100;
  private static final int CLOCK_HERTZ = 90_000;
  private static final int NUMBER_AT = BYTES - Long.BYTES;

  private ChannelPacket() {}

  public static byte[] of(long number) {
    ByteBuffer packet = ByteBuffer.allocate(BYTES);
    packet.put((byte) 0x47);
    if (number % TABLE_EVERY == 0) {
      packet.putShort((short) 0x4000).put((byte) 0x10).put((byte) 0);
    } else if (number % PICTURE_EVERY == 1) {
      packet.putShort((short) (0x4000 | VIDEO)).put((byte) 0x30).put((byte) 1).put((byte) 0x40);
      packet.putInt(0x000001e0);
    } else if (number % 10 == 5) {
      packet.putShort((short) VIDEO).put((byte) 0x30).put((byte) 7).put((byte) 0x10);
      long clock = number * CLOCK_HERTZ / A_SECOND;
      packet.putInt((int) (clock >> 1)).put((byte) (clock << 7)).put((byte) 0);
    } else {
      packet.putShort((short) VIDEO).put((byte) 0x10);
    }
    while (packet.position() < NUMBER_AT) {
      packet.put((byte) (number * 31 + packet.position() * 7L));
    }
    return packet.putLong(number).array();
  }

  /** The number of a packet, which may be wrong if its bytes are. */
  static long number(byte[] packet) {
    return ByteBuffer.wrap(packet).getLong(NUMBER_AT);
  }
}
