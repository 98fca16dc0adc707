package streamcache.live;

import java.nio.ByteBuffer;
import streamcache.media.TransportPacket;

/** Passes what the connections of a channel receive to its window. Used by one thread at a time. */
public final class LiveFeed {

  private final LiveWindow window;
  private final PacketAligner aligner;

  /** A broadcast that begins now. */
  public LiveFeed(LiveWindow window) {
    this(window, new PacketAligner());
  }

  LiveFeed(LiveWindow window, PacketAligner aligner) {
    this.window = window;
    this.aligner = aligner;
  }

  /**
   * Whether bytes are those of a transport stream.
   *
   * @param first not consumed
   * @param isDeclared whether their type says so: then they may begin in the middle of a packet
   */
  public static boolean isStream(ByteBuffer first, boolean isDeclared) {
    boolean isAtPacket =
        first.hasRemaining() && first.get(first.position()) == TransportPacket.SYNC;
    return (isAtPacket || isDeclared) && new PacketAligner().take(first.duplicate()).hasRemaining();
  }

  /** Another connection continues the broadcast; half a packet of the last one is dropped. */
  public void startOver() {
    aligner.startOver();
  }

  /**
   * Takes all of {@code bytes}.
   *
   * @param now monotonic nanoseconds
   * @return the offset of the next byte of the broadcast
   */
  public long take(ByteBuffer bytes, long now) {
    window.append(aligner.take(bytes), now);
    return window.edge();
  }
}
