package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The append-only part of one sidecar. Records are queued in memory in the order of what they tell
 * (under the generation's lock) and appended later, without a lock, by whoever holds the title's
 * pen: a writer takes the pen only when it is free, the keeper waits for it.
 *
 * <p>A failed append leaves its records in the queue and the tail where it was, so that a journal
 * never has a gap: a gap would end it for every reader.
 */
final class Journal implements AutoCloseable {
  private static final int BATCH = 512;

  private final Semaphore pen;
  private final short generation;
  private final int bootTag;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<JournalRecord> queue = new ArrayDeque<>();
  private int sequence;

  /** Only the holder of the pen touches what follows. */
  private SteadyFile file;

  private long tail;
  private boolean closed;

  /** Touched by the one who syncs alone: the keeper, or whoever closes the store. */
  private boolean nameSynced;

  Journal(Semaphore pen, short generation, int bootTag, int sequence, SteadyFile file, long tail) {
    this.pen = pen;
    this.generation = generation;
    this.bootTag = bootTag;
    this.sequence = sequence;
    this.file = file;
    this.tail = tail;
  }

  void written(ByteRange range, int dataCrc) {
    enqueue(JournalRecord.Type.WRITTEN, range.start(), range.length(), dataCrc);
  }

  void absent(ByteRange range) {
    enqueue(JournalRecord.Type.ABSENT, range.start(), range.length(), 0);
  }

  void ended(long total) {
    enqueue(JournalRecord.Type.ENDED, total, 0, 0);
  }

  void durable(int upTo) {
    enqueue(JournalRecord.Type.DURABLE, Integer.toUnsignedLong(upTo), 0, 0);
  }

  /** Sequence of the last record queued. */
  int lastSequence() {
    lock.lock();
    try {
      return sequence;
    } finally {
      lock.unlock();
    }
  }

  /** Appends what is queued unless somebody else is at it, who then takes it along. */
  void flush() throws IOException {
    while (hasQueued() && pen.tryAcquire()) {
      try {
        append();
      } finally {
        pen.release();
      }
    }
  }

  /** Appends all that is queued, waiting for the pen. */
  void flushAll() throws IOException {
    pen.acquireUninterruptibly();
    try {
      append();
    } finally {
      pen.release();
    }
  }

  /**
   * Appends that {@code ranges} are absent and makes it survive a power cut; nothing may be punched
   * before. After a failure the records are either not there or true all the same, because a hole
   * is always allowed.
   */
  void absentNow(RangeSet ranges) throws IOException {
    pen.acquireUninterruptibly();
    try {
      append();
      ByteBuffer bytes = ByteBuffer.allocate(ranges.ranges().size() * JournalRecord.BYTES);
      for (ByteRange range : ranges.ranges()) {
        next(JournalRecord.Type.ABSENT, range.start(), range.length(), 0).encode(bytes);
      }
      file.write(bytes.flip(), tail);
      tail += bytes.limit();
    } finally {
      pen.release();
    }
    sync();
  }

  /**
   * Makes all that was appended survive a power cut, and the name of the file with it: the sidecar
   * that was there before would call bytes present that are given up.
   */
  void sync() throws IOException {
    try {
      file().sync();
      syncName();
    } catch (ClosedChannelException e) {
      if (!isClosed()) {
        throw e;
      }
    }
  }

  /** Makes the names of sidecar and media file survive a power cut, unless they do. */
  void syncName() throws IOException {
    if (!nameSynced) {
      file().syncName();
      nameSynced = true;
    }
  }

  /** What was appended so far, read from the disk; pen held. */
  ByteBuffer records() throws IOException {
    return file.read(SidecarBlock.BYTES, tail);
  }

  /** Number of bytes of the file, records in the queue left out; pen held. */
  long length() {
    return tail;
  }

  /** Goes on behind {@code newTail} in a file that took the place of the old; pen held. */
  void moveTo(SteadyFile compacted, long newTail) throws IOException {
    SteadyFile old = file;
    file = compacted;
    tail = newTail;
    nameSynced = false;
    old.close();
  }

  /** Appends nothing any more: another sidecar takes the place of this one; pen held. */
  void end() {
    closed = true;
    try {
      file.close();
    } catch (IOException _) {
      // Nobody will read it.
    }
  }

  @Override
  public void close() throws IOException {
    pen.acquireUninterruptibly();
    try {
      closed = true;
      file.close();
    } finally {
      pen.release();
    }
  }

  private boolean isClosed() {
    pen.acquireUninterruptibly();
    try {
      return closed;
    } finally {
      pen.release();
    }
  }

  private SteadyFile file() {
    pen.acquireUninterruptibly();
    try {
      return file;
    } finally {
      pen.release();
    }
  }

  private void append() throws IOException {
    if (closed) {
      clear();
      return;
    }
    for (List<JournalRecord> batch = batch(); !batch.isEmpty(); batch = batch()) {
      ByteBuffer bytes = ByteBuffer.allocate(batch.size() * JournalRecord.BYTES);
      batch.forEach(record -> record.encode(bytes));
      file.write(bytes.flip(), tail);
      tail += bytes.limit();
      drop(batch.size());
    }
  }

  private List<JournalRecord> batch() {
    lock.lock();
    try {
      return queue.stream().limit(BATCH).toList();
    } finally {
      lock.unlock();
    }
  }

  private void drop(int count) {
    lock.lock();
    try {
      for (int i = 0; i < count; i++) {
        queue.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private void clear() {
    lock.lock();
    try {
      queue.clear();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasQueued() {
    lock.lock();
    try {
      return !queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(JournalRecord.Type type, long start, long length, int dataCrc) {
    lock.lock();
    try {
      queue.add(next(type, start, length, dataCrc));
    } finally {
      lock.unlock();
    }
  }

  private JournalRecord next(JournalRecord.Type type, long start, long length, int dataCrc) {
    lock.lock();
    try {
      sequence++;
      return new JournalRecord(type, generation, sequence, start, length, dataCrc, bootTag);
    } finally {
      lock.unlock();
    }
  }
}
