package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct buffers of finished connections, kept for reuse, since freeing direct memory waits for the
 * garbage collector. There are as many as there were connections at once, which the budget keeps
 * few.
 */
final class Buffers {

  private static final ConcurrentLinkedQueue<ByteBuffer> IDLE = new ConcurrentLinkedQueue<>();

  private Buffers() {}

  /** Returns an empty buffer of that capacity; all callers request the same capacity. */
  static ByteBuffer take(int capacity) {
    ByteBuffer idle = IDLE.poll();
    return idle != null && idle.capacity() == capacity
        ? idle.clear()
        : ByteBuffer.allocateDirect(capacity);
  }

  static void give(ByteBuffer buffer) {
    IDLE.add(buffer);
  }
}
