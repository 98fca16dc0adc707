package streamcache.live;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import streamcache.media.TransportPacket;

/**
 * The newest bytes of a channel, from which all its viewers read. One connection at a time appends,
 * and waits for nobody: what no longer fits is dropped, and a viewer that has not read it continues
 * behind it. Offsets count from the beginning of the broadcast, over all its connections.
 *
 * <p>It holds whole packets, outside the heap, and is gone with {@link #close}. Its lock is held
 * while bytes are copied in memory, never during I/O. Any thread.
 */
public final class LiveWindow implements AutoCloseable {

  /** Whole packets, a little less than a MiB: what is taken, and dropped, at once. */
  static final int BLOCK = (1 << 20) / TransportPacket.BYTES * TransportPacket.BYTES;

  /** What every window may hold, however many channels there are. */
  private static final long LEAST = 4L * BLOCK;

  private final WindowMemory memory;
  private final Arena arena = Arena.ofShared();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock from here on.

  /** Oldest first; all but the newest are full. */
  private final List<MemorySegment> blocks = new ArrayList<>();

  private final JoinPoints points = new JoinPoints();
  private boolean isClosed;

  /** The offset of the oldest byte, the first one of a packet. */
  private long start;

  /** The offset of the next byte to arrive. Read without the lock, too. */
  private volatile long edge;

  /** The number of {@link #append}s. */
  private long appends;

  /**
   * @param base the offset of its first byte
   */
  public LiveWindow(WindowMemory memory, long base) {
    this.memory = memory;
    this.start = base;
    this.edge = base;
  }

  /** The offset of the next byte to arrive. */
  public long edge() {
    return edge;
  }

  /**
   * Appends whole packets, all of them, and wakes the viewers.
   *
   * @param now monotonic nanoseconds
   */
  void append(ByteBuffer packets, long now) {
    if (!packets.hasRemaining()) {
      return;
    }
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      points.scan(packets, edge, now);
      while (packets.hasRemaining()) {
        copy(packets);
      }
      appends++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Copies as much as fits into the newest block. */
  private void copy(ByteBuffer packets) {
    if (edge - start == (long) blocks.size() * BLOCK) {
      blocks.add(memory.take(BLOCK, edge - start, LEAST) ? arena.allocate(BLOCK) : dropOldest());
    }
    int at = (int) ((edge - start) % BLOCK);
    int count = Math.min(packets.remaining(), BLOCK - at);
    blocks.getLast().asSlice(at, count).copyFrom(MemorySegment.ofBuffer(packets).asSlice(0, count));
    packets.position(packets.position() + count);
    long next = edge + count;
    edge = next;
  }

  private MemorySegment dropOldest() {
    start += BLOCK;
    return blocks.removeFirst();
  }

  /** A viewer that comes now: it begins where a picture can, a little behind the edge. */
  public LiveReader join() {
    lock.lock();
    try {
      return new LiveReader(this, points.join(start, edge));
    } finally {
      lock.unlock();
    }
  }

  /** A viewer that has read the broadcast up to {@code position} elsewhere. */
  public LiveReader reader(long position) {
    return new LiveReader(this, position);
  }

  /** The first offset from {@code position} on that is still there, or will arrive. */
  long reach(long position) {
    lock.lock();
    try {
      return Math.max(start, position);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Copies bytes from {@code position} on, up to the end of a packet if there is room for one: a
   * viewer that is dropped forward then never gets the half of a packet.
   *
   * @return how many; 0 if the byte at {@code position} has not arrived; -1 if it was dropped
   */
  int read(long position, ByteBuffer into) {
    lock.lock();
    try {
      if (position < start) {
        return -1;
      }
      if (isClosed || position >= edge) {
        return 0;
      }
      int at = (int) ((position - start) % BLOCK);
      MemorySegment block = blocks.get((int) ((position - start) / BLOCK));
      int most = (int) Math.min(Math.min(into.remaining(), BLOCK - at), edge - position);
      int half = (at + most) % TransportPacket.BYTES;
      int count = half < most ? most - half : most;
      MemorySegment.ofBuffer(into).asSlice(0, count).copyFrom(block.asSlice(at, count));
      into.position(into.position() + count);
      return count;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the byte at {@code position} has arrived, {@code stop} returns true (evaluated
   * again after each append and each {@link #wake}), or nothing at all has arrived for {@code
   * idle}. Parks.
   *
   * @return whether the byte has arrived
   */
  boolean await(long position, Duration idle, BooleanSupplier stop) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long seen = appends;
      long left = idle.toNanos();
      while (position >= edge && !isClosed && left > 0 && !stop.getAsBoolean()) {
        left = changed.awaitNanos(left);
        if (appends != seen) {
          seen = appends;
          left = idle.toNanos();
        }
      }
      return position < edge;
    } finally {
      lock.unlock();
    }
  }

  /** Makes every viewer that waits evaluate its {@code stop} again. */
  public void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives the memory back; readers get nothing more. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!isClosed) {
        isClosed = true;
        memory.give((long) blocks.size() * BLOCK);
        blocks.clear();
        arena.close();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
