package streamcache.http;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;

/**
 * Tracks whether a player still takes the bytes sent to it. Bytes taken of the current region or
 * buffer count, not only whole ones. Owned by a {@link ClientConnection}, event loop only.
 */
final class SendProgress {

  private final SocketChannel channel;
  private boolean underWay;

  /**
   * Unsent buffers and regions, and bytes sent of the first; one of the two changes with every
   * byte.
   */
  private int unsent;

  private long sentBytes;
  private long at;

  SendProgress(SocketChannel channel) {
    this.channel = channel;
  }

  /** Bytes were handed to the channel. */
  void begin() {
    underWay = true;
    unsent = 0;
    at = System.nanoTime();
  }

  /** The system has taken the bytes, or never will. */
  void end() {
    underWay = false;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** Whether no byte was taken for {@code most}, judged only by the calls of this method. */
  boolean hasStalled(Duration most) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    if (out == null) {
      return false;
    }
    long now = System.nanoTime();
    int parts = out.size();
    long bytes = out.currentProgress();
    if (parts != unsent || bytes != sentBytes) {
      unsent = parts;
      sentBytes = bytes;
      at = now;
    }
    return now - at >= most.toNanos();
  }
}
