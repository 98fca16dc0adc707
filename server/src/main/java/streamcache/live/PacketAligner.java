package streamcache.live;

import java.nio.ByteBuffer;
import streamcache.media.TransportPacket;

/**
 * Cuts a transport stream, which arrives in pieces of any size, into whole packets. What is between
 * packets, and the half packet at which a connection was cut, is dropped. Used by one thread.
 */
final class PacketAligner {

  private final byte[] packet = new byte[TransportPacket.BYTES];

  /** How many bytes of {@link #packet} have arrived. */
  private int begun;

  private ByteBuffer whole = ByteBuffer.allocate(0);

  /**
   * Takes all bytes of {@code piece}.
   *
   * @return the packets that are now whole; valid until the next call
   */
  ByteBuffer take(ByteBuffer piece) {
    int most = begun + piece.remaining();
    whole = whole.capacity() < most ? ByteBuffer.allocate(most) : whole.clear();
    while (piece.hasRemaining()) {
      if (begun == 0 && !isSynced(piece)) {
        byte _ = piece.get();
      } else {
        add(piece);
      }
    }
    return whole.flip();
  }

  private void add(ByteBuffer piece) {
    int count = Math.min(packet.length - begun, piece.remaining());
    piece.get(packet, begun, count);
    begun += count;
    if (begun == packet.length) {
      whole.put(packet);
      begun = 0;
    }
  }

  /** The number of bytes taken of a packet that is not whole yet. */
  int begun() {
    return begun;
  }

  /** Another connection continues the stream, with a packet of its own. */
  void startOver() {
    begun = 0;
  }

  /** A single sync byte is the letter G, so that the next packet has to agree where it is seen. */
  private static boolean isSynced(ByteBuffer piece) {
    int at = piece.position();
    int next = at + TransportPacket.BYTES;
    return piece.get(at) == TransportPacket.SYNC
        && (next >= piece.limit() || piece.get(next) == TransportPacket.SYNC);
  }
}
