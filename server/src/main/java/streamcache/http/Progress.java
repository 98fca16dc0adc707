package streamcache.http;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;

/**
 * Whether a player still takes bytes of what is being sent to it. What the system took of the
 * current region or buffer counts, not only whole ones. Owned by a {@link Connection}, event loop
 * only.
 */
final class Progress {

  private final SocketChannel channel;
  private boolean underWay;

  /** Buffers and regions not sent yet, and bytes sent of the first: change with every byte. */
  private int unsent;

  private long sentBytes;
  private long at;

  Progress(SocketChannel channel) {
    this.channel = channel;
  }

  /** Bytes were given to the channel. */
  void begin() {
    underWay = true;
    unsent = 0;
    at = System.nanoTime();
  }

  /** The system has taken them, or never will. */
  void end() {
    underWay = false;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** Whether not a byte was taken for {@code most}, as far as these looks can tell. */
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
