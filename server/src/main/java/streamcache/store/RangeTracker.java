package streamcache.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * Tracks which bytes of one generation are present, which ranges are being worked on, and which
 * bytes are not yet in the journal. Guarded by one lock, under which no I/O is done; journal
 * records are queued under it, so that they keep the order of events. Called by writers, readers
 * and the keeper.
 */
final class RangeTracker {

  /** A reader's hold on the bytes: nothing from its position on is evicted. Any thread. */
  interface Hold {
    long position();
  }

  /** The number of bytes that a power cut would lose, and how long the first of them has waited. */
  record Debt(long bytes, long nanos) {}

  /** Bytes kept behind the slowest reader: the extent it got last may still be in transit. */
  static final long BEHIND_READER = 8L << 20;

  private final StoreTime time;
  private final Accounts.Entry account;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Set<Hold> readers = new HashSet<>();
  private final RangeLocks locks = new RangeLocks();
  private final PendingWrites pending = new PendingWrites();
  private volatile Footprint footprint;
  private RangeSet unsynced = RangeSet.EMPTY;
  private long unsyncedSince;
  private @Nullable SidecarJournal journal;
  private boolean isClosed;
  private long booked;
  private long parting;

  /** Changed under the lock, read without it. */
  private volatile RangeSet present = RangeSet.EMPTY;

  /**
   * @param footprint of media yet to be created; media found on disk has its own
   */
  RangeTracker(StoreTime time, Accounts.Entry account, Footprint footprint) {
    this.time = time;
    this.account = account;
    this.footprint = footprint;
  }

  RangeSet present() {
    return present;
  }

  Footprint footprint() {
    return footprint;
  }

  /**
   * Adopts the files.
   *
   * @param records where changes are recorded
   * @param ofMedia the space that the media takes
   * @param bytes the bytes that are present
   * @param doubtful the part of {@code bytes} that a power cut would lose
   */
  void open(SidecarJournal records, Footprint ofMedia, RangeSet bytes, RangeSet doubtful) {
    still(() -> {
      journal = records;
      footprint = ofMedia;
      change(bytes);
      unsynced = doubtful;
      unsyncedSince = time.nanos();
    });
  }

  /** Stops journaling: a newer generation owns the sidecar, or the title is being deleted. */
  void forgetJournal() {
    still(() -> {
      journal = null;
      pending.drain();
      unsynced = RangeSet.EMPTY;
    });
  }

  /**
   * Gives up all bytes permanently, unless there is a reader or writer; returns whether this call
   * did.
   */
  boolean close() {
    return locked(() -> {
      if (isClosed || !readers.isEmpty() || !locks.isEmpty()) {
        return false;
      }
      isClosed = true;
      change(RangeSet.EMPTY);
      return true;
    });
  }

  /**
   * Claims the first hole in {@code within} for the caller alone, after waiting for any other
   * thread that works on it; empty if there is no hole. The caller must publish or abandon it.
   */
  Optional<RangeWrite> claim(ByteRange within) throws StoreException {
    lock.lock();
    try {
      while (true) {
        if (isClosed) {
          throw new StoreException(
              StoreException.Cause.BROKEN,
              "A newer version of the title has replaced this one.",
              null);
        }
        Optional<ByteRange> hole = present.firstHole(within);
        if (hole.isEmpty()) {
          return Optional.empty();
        }
        ByteRange free = locks.free(hole.get());
        if (!free.isEmpty()) {
          PendingWrites.Run run = pending.take(free.start(), time.nanos());
          return Optional.of(new RangeWrite(locks.add(free, run.range().start()), run));
        }
        released.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes the bytes of {@code work} present; they have been written and added to its run.
   *
   * @param flushBytes, flushNanos a run of this length or age is queued for the journal
   * @return whether the journal has a record to append
   */
  boolean publish(RangeWrite work, long flushBytes, long flushNanos) {
    lock.lock();
    try {
      boolean spoilt = locks.remove(work.claim());
      released.signalAll();
      PendingWrites.Run run = work.run();
      if (spoilt) {
        drop(run);
        return false;
      }
      change(present.plus(work.range()));
      SidecarJournal open = journal;
      if (open == null) {
        return false;
      }
      long now = time.nanos();
      unsyncedSince = unsynced.isEmpty() ? now : unsyncedSince;
      unsynced = unsynced.plus(work.range());
      if (run.range().length() < flushBytes && now - run.since() < flushNanos) {
        pending.put(run);
        return false;
      }
      open.written(run.range(), run.crc());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Releases {@code work}, whose bytes could not be written. */
  void abandon(RangeWrite work) {
    still(() -> {
      boolean spoilt = locks.remove(work.claim());
      released.signalAll();
      if (spoilt) {
        drop(work.run());
      } else {
        pending.put(work.run());
      }
    });
  }

  /** Queues the runs that are not yet in the journal. */
  void queueRuns() {
    still(() -> queueRunsLocked());
  }

  /** Queues a record that concerns no range, in the order of events. */
  void queue(Consumer<SidecarJournal> record) {
    still(() -> {
      if (journal != null) {
        record.accept(journal);
      }
    });
  }

  /** How much a power cut would lose. */
  Debt debt() {
    return locked(() -> new Debt(unsynced.size(), time.nanos() - unsyncedSince));
  }

  /** Hands the bytes that a power cut would lose to a checkpoint. */
  Optional<Unsynced> takeUnsynced() {
    lock.lock();
    try {
      SidecarJournal open = journal;
      if (open == null || unsynced.isEmpty()) {
        return Optional.empty();
      }
      queueRunsLocked();
      Unsynced taken = new Unsynced(unsynced, open.lastSequence());
      // Runs that a writer is extending are journaled later.
      unsynced = locks.begun();
      unsyncedSince = time.nanos();
      return Optional.of(taken);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the bytes back after a failed checkpoint. */
  void giveBack(Unsynced taken) {
    still(() -> unsynced = unsynced.plus(taken.bytes().intersect(present)));
  }

  /**
   * Turns bytes that the disk failed to sync into holes; bytes of a run that is being extended
   * follow when its writer finishes. The kernel may have dropped the pages that it failed to write,
   * and the next sync would report them as durable all the same.
   */
  RangeSet lose(Unsynced taken) {
    lock.lock();
    try {
      RangeSet bytes = locks.without(taken.bytes().intersect(present));
      unsynced = unsynced.plus(taken.bytes()).minus(bytes);
      change(present.minus(bytes));
      if (journal != null) {
        bytes.ranges().forEach(journal::absent);
      }
      return bytes.plus(locks.spoil(taken.bytes()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Turns bytes that are not on disk, whatever the journal says, into holes, except those that are
   * being worked on.
   */
  RangeSet invalidate(RangeSet bad) {
    lock.lock();
    try {
      queueRunsLocked();
      RangeSet bytes = locks.without(bad.intersect(present));
      unsynced = unsynced.minus(bytes);
      change(present.minus(bytes));
      if (journal != null) {
        bytes.ranges().forEach(journal::absent);
      }
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** The present bytes that survive a power cut. On the keeper thread, which makes them durable. */
  RangeSet durable() {
    return locked(() -> present.minus(unsynced));
  }

  /** The lowest offset that a reader may still send; empty if there is no reader. */
  OptionalLong lowestReader() {
    return locked(() -> readers.stream().mapToLong(Hold::position).min());
  }

  /**
   * Makes the evictable part of {@code wanted} absent: nothing that is being written, and in a
   * title with readers only what lies more than 8 MiB behind all of them. The caller must end it
   * with {@link #parted} or {@link #keep}.
   */
  Optional<EvictionTicket> part(RangeSet wanted) {
    lock.lock();
    try {
      RangeSet bytes = locks.without(wanted.intersect(present));
      OptionalLong lowest = lowestReader();
      if (lowest.isPresent()) {
        long until = Math.max(0, lowest.getAsLong() - BEHIND_READER);
        bytes = bytes.minus(new ByteRange(until, Long.MAX_VALUE));
      }
      if (bytes.isEmpty() || journal == null) {
        return Optional.empty();
      }
      queueRunsLocked();
      RangeSet rest = present.minus(bytes);
      long freed = footprint.bytes(present) - footprint.bytes(rest);
      // Not where a writer is at work: its bytes are not in the rest yet.
      RangeSet blocks = footprint.freed(bytes, rest.plus(locks.all()));
      List<RangeLocks.Claim> taken = new ArrayList<>();
      for (RangeSet set : List.of(bytes, blocks)) {
        set.ranges().forEach(range -> taken.add(locks.add(range, range.start())));
      }
      parting += freed;
      change(rest);
      unsynced = unsynced.minus(bytes);
      return Optional.of(new EvictionTicket(bytes, blocks, taken, freed));
    } finally {
      lock.unlock();
    }
  }

  /** Ends an eviction after its blocks were given back to the disk. */
  void parted(EvictionTicket gone) {
    still(() -> {
      release(gone);
      change(present);
    });
  }

  /** Undoes an eviction that was not journaled: its bytes are present again. */
  void keep(EvictionTicket kept) {
    still(() -> {
      release(kept);
      change(present.plus(kept.bytes()));
      unsynced = unsynced.plus(kept.bytes());
    });
  }

  void add(Hold reader) {
    still(() -> readers.add(reader));
  }

  void remove(Hold reader) {
    still(() -> readers.remove(reader));
  }

  int readers() {
    return locked(readers::size);
  }

  /** Whether there is no reader and no writer. */
  boolean isIdle() {
    return locked(() -> readers.isEmpty() && locks.isEmpty());
  }

  /**
   * Runs {@code move} under the lock: a hold that moves back could otherwise land on bytes that are
   * being made absent at that moment.
   */
  void still(Runnable move) {
    lock.lock();
    try {
      move.run();
    } finally {
      lock.unlock();
    }
  }

  /** Drops a run that is not in the journal and never will be. */
  private void drop(PendingWrites.Run run) {
    change(present.minus(run.range()));
    unsynced = unsynced.minus(run.range());
  }

  private <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  private void release(EvictionTicket ended) {
    ended.claims().forEach(locks::remove);
    parting -= ended.freed();
    released.signalAll();
  }

  private void queueRunsLocked() {
    SidecarJournal open = journal;
    if (open != null) {
      pending.drain().forEach(run -> open.written(run.range(), run.crc()));
    }
  }

  private void change(RangeSet next) {
    present = next;
    long now = footprint.bytes(next) + parting;
    account.add(now - booked);
    booked = now;
  }
}
