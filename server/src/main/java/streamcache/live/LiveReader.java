package streamcache.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** One viewer's place in a {@link LiveWindow}. Used by one thread. */
public final class LiveReader {

  private final LiveWindow window;
  private long position;
  private long missed;

  LiveReader(LiveWindow window, long position) {
    this.window = window;
    this.position = position;
  }

  /** The offset of the next byte that it reads. */
  public long position() {
    return position;
  }

  /** Bytes that were dropped before it read them. */
  public long missed() {
    return missed;
  }

  /**
   * Reads the next bytes that have arrived; does not wait. A viewer whose next byte was dropped
   * goes on with the oldest whole packet.
   *
   * @return how many bytes; 0 if none has arrived
   */
  public int read(ByteBuffer into) {
    int count = window.read(position, into);
    while (count < 0) {
      long next = window.reach(position);
      missed += next - position;
      position = next;
      count = window.read(position, into);
    }
    position += count;
    return count;
  }

  /**
   * Waits for the next byte. Parks.
   *
   * @param idle how long to wait while nothing arrives
   * @param stop evaluated again after each arrival and each {@link LiveWindow#wake}
   * @return whether it is there
   */
  public boolean await(Duration idle, BooleanSupplier stop) throws InterruptedException {
    return window.await(position, idle, stop);
  }
}
