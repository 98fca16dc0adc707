package streamcache.playback;

import java.nio.ByteBuffer;
import streamcache.fill.Demand;
import streamcache.live.LiveReader;

/**
 * Sends a broadcast to one player until the player leaves or the broadcast fails for good. Used
 * only by the playback's thread.
 *
 * @param demand keeps the broadcast coming
 */
record BroadcastTransfer(Exchange exchange, Patience patience, Tally tally, Demand demand) {

  private static final int BUFFER_BYTES = 64 * 1024;

  /** Does not return: a broadcast has no end. */
  void send(LiveReader reader) throws ClientGone, CutShort, InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (true) {
      if (reader.read(buffer.clear()) > 0) {
        deliver(reader, buffer.flip());
      } else {
        awaitNext(reader);
      }
    }
  }

  private void deliver(LiveReader reader, ByteBuffer bytes) throws ClientGone {
    long count = bytes.remaining();
    demand.sends();
    exchange.body(bytes);
    demand.sent(count, reader.position());
    tally.add(count, /* stored= */ 0);
  }

  private void awaitNext(LiveReader reader) throws ClientGone, CutShort, InterruptedException {
    demand.block(reader.position());
    boolean comes;
    try {
      comes =
          reader.await(
              patience.forNextByte(), () -> exchange.isGone() || demand.trouble().isPresent());
    } finally {
      demand.unblock();
    }
    if (exchange.isGone()) {
      throw new ClientGone("left while waiting for bytes");
    }
    if (!comes) {
      throw new CutShort(Playback.failure(demand).detail());
    }
  }
}
