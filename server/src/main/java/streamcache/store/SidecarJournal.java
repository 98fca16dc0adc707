package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import streamcache.durable.ReopeningFile;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The append-only part of one sidecar. Records are queued in memory in the order of events, under
 * the generation's lock, and appended later, without that lock, by the holder of the title's writer
 * lock. A writer takes the writer lock only if it is free; the keeper waits for it.
 *
 * <p>A failed append leaves its records in the queue and the tail unchanged, so that a journal
 * never has a gap: every reader would stop at it.
 */
final class SidecarJournal implements AutoCloseable {
  private static final int BATCH = 512;

  private final Semaphore writerLock;
  private final short generation;
  private final int bootTag;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<JournalRecord> queue = new ArrayDeque<>();
  private int sequence;

  /** This field and the next two are used only under the writer lock. */
  private ReopeningFile file;

  private long tail;
  private boolean closed;

  /** Used only by the thread that syncs: the keeper, or the thread that closes the store. */
  private boolean nameSynced;

  SidecarJournal(
      Semaphore writerLock,
      short generation,
      int bootTag,
      int sequence,
      ReopeningFile file,
      long tail) {
    this.writerLock = writerLock;
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

  /** Every byte is present, and the provider had this file at {@code confirmed}, epoch seconds. */
  void complete(long confirmed) {
    enqueue(JournalRecord.Type.COMPLETE, confirmed, 0, 0);
  }

  /** The bytes of the records up to {@code upTo} survive a power cut. */
  void durable(int upTo) {
    enqueue(JournalRecord.Type.DURABLE, Integer.toUnsignedLong(upTo), 0, 0);
  }

  /** Sequence number of the last record queued. */
  int lastSequence() {
    lock.lock();
    try {
      return sequence;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Appends the queued records, unless another thread holds the writer lock; that thread or a later
   * flush then appends them.
   */
  void flush() throws IOException {
    while (hasQueued() && writerLock.tryAcquire()) {
      try {
        append();
      } finally {
        writerLock.release();
      }
    }
  }

  /** Appends all queued records, waiting for the writer lock. */
  void flushAll() throws IOException {
    writerLock.acquireUninterruptibly();
    try {
      append();
    } finally {
      writerLock.release();
    }
  }

  /**
   * Appends records that {@code ranges} are absent and syncs them; nothing may be punched before
   * this returns. After a failure the records may or may not be there; both are correct, because a
   * hole is always allowed.
   */
  void absentNow(RangeSet ranges) throws IOException {
    writerLock.acquireUninterruptibly();
    try {
      append();
      ByteBuffer bytes = ByteBuffer.allocate(ranges.ranges().size() * JournalRecord.BYTES);
      for (ByteRange range : ranges.ranges()) {
        next(JournalRecord.Type.ABSENT, range.start(), range.length(), 0).encode(bytes);
      }
      file.write(bytes.flip(), tail);
      tail += bytes.limit();
    } finally {
      writerLock.release();
    }
    sync();
  }

  /**
   * Makes all appended records and the name of the file survive a power cut: the previous sidecar
   * would declare evicted bytes present.
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

  /** Makes the names of sidecar and media file survive a power cut, if they do not yet. */
  void syncName() throws IOException {
    if (!nameSynced) {
      file().syncName();
      nameSynced = true;
    }
  }

  /** Reads the records appended so far from the disk; the writer lock is held. */
  ByteBuffer records() throws IOException {
    return file.read(SidecarBlock.BYTES, tail);
  }

  /** Length of the file in bytes, without queued records; the writer lock is held. */
  long length() {
    return tail;
  }

  /**
   * Continues at {@code newTail} in a file that has replaced the old one; the writer lock is held.
   */
  void moveTo(ReopeningFile compacted, long newTail) throws IOException {
    ReopeningFile old = file;
    file = compacted;
    tail = newTail;
    nameSynced = false;
    old.close();
  }

  /** Stops appending, since this sidecar is replaced or deleted; the writer lock is held. */
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
    writerLock.acquireUninterruptibly();
    try {
      closed = true;
      file.close();
    } finally {
      writerLock.release();
    }
  }

  private boolean isClosed() {
    writerLock.acquireUninterruptibly();
    try {
      return closed;
    } finally {
      writerLock.release();
    }
  }

  private ReopeningFile file() {
    writerLock.acquireUninterruptibly();
    try {
      return file;
    } finally {
      writerLock.release();
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
