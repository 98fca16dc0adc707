package streamcache.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * Which bytes of one generation are present, who is at work on which, and what the journal does not
 * know yet. Guarded by one lock under which no I/O happens; journal records are queued under it, so
 * that their order is the order of what happened. Called by writers, readers and the keeper.
 */
final class Presence {

  /** Bytes that a power cut would take, and how long the first of them has waited. */
  record Debt(long bytes, long nanos) {}

  /** Kept behind the slowest reader: what it was handed last may still be on its way. */
  static final long BEHIND_READER = 8L << 20;

  private final StoreTime time;
  private final Accounts.Entry account;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Set<Reader> readers = new HashSet<>();
  private final Claims claims = new Claims();
  private final Runs runs = new Runs();
  private RangeSet unsynced = RangeSet.EMPTY;
  private long unsyncedSince;
  private @Nullable Journal journal;
  private boolean isClosed;
  private long booked;
  private long parting;

  /** Changed under the lock, read without. */
  private volatile RangeSet present = RangeSet.EMPTY;

  Presence(StoreTime time, Accounts.Entry account) {
    this.time = time;
    this.account = account;
  }

  RangeSet present() {
    return present;
  }

  /**
   * Takes up a journal.
   *
   * @param bytes what the journal says is there
   * @param doubtful what of it a power cut would take
   */
  void open(Journal found, RangeSet bytes, RangeSet doubtful) {
    lock.lock();
    try {
      journal = found;
      change(bytes);
      unsynced = doubtful;
      unsyncedSince = time.nanos();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is journaled from now on: a newer generation has the sidecar. */
  void forgetJournal() {
    lock.lock();
    try {
      journal = null;
      runs.drain();
      unsynced = RangeSet.EMPTY;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up all bytes for good unless somebody reads or writes; whether this call did. */
  boolean close() {
    lock.lock();
    try {
      if (isClosed || !readers.isEmpty() || !claims.isEmpty()) {
        return false;
      }
      isClosed = true;
      change(RangeSet.EMPTY);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The first hole in {@code within} for the caller alone, after waiting for whoever is at work on
   * it; empty when there is none. To be published or abandoned.
   */
  Optional<Work> claim(ByteRange within) throws StoreException {
    lock.lock();
    try {
      while (true) {
        if (isClosed) {
          throw new StoreException(
              StoreException.Cause.BROKEN, "A newer version of the title took its place.", null);
        }
        Optional<ByteRange> hole = present.firstHole(within);
        if (hole.isEmpty()) {
          return Optional.empty();
        }
        ByteRange free = claims.free(hole.get());
        if (!free.isEmpty()) {
          Runs.Run run = runs.take(free.start(), time.nanos());
          return Optional.of(new Work(claims.add(free, run.range().start()), run));
        }
        released.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The bytes of {@code work} are written and in its run: they are present from now on.
   *
   * @param flushBytes, flushNanos a run this long or old goes to the journal
   * @return whether the journal has something to append
   */
  boolean publish(Work work, long flushBytes, long flushNanos) {
    lock.lock();
    try {
      claims.remove(work.claim());
      released.signalAll();
      change(present.plus(work.range()));
      Runs.Run run = work.run();
      Journal open = journal;
      if (open == null) {
        return false;
      }
      long now = time.nanos();
      unsyncedSince = unsynced.isEmpty() ? now : unsyncedSince;
      unsynced = unsynced.plus(work.range());
      if (run.range().length() < flushBytes && now - run.since() < flushNanos) {
        runs.put(run);
        return false;
      }
      open.written(run.range(), run.crc());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The bytes of {@code work} could not be written. */
  void abandon(Work work) {
    lock.lock();
    try {
      claims.remove(work.claim());
      released.signalAll();
      runs.put(work.run());
    } finally {
      lock.unlock();
    }
  }

  /** Queues what the journal does not know yet. */
  void queueRuns() {
    lock.lock();
    try {
      queueRunsLocked();
    } finally {
      lock.unlock();
    }
  }

  /** The bytes of the journal up to {@code sequence} survive a power cut. */
  void queueDurable(int sequence) {
    lock.lock();
    try {
      if (journal != null) {
        journal.durable(sequence);
      }
    } finally {
      lock.unlock();
    }
  }

  void queueEnded(long total) {
    lock.lock();
    try {
      if (journal != null) {
        journal.ended(total);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How much a power cut would take. */
  Debt debt() {
    lock.lock();
    try {
      return new Debt(unsynced.size(), time.nanos() - unsyncedSince);
    } finally {
      lock.unlock();
    }
  }

  /** Hands the bytes that a power cut would take over to a checkpoint. */
  Optional<Unsynced> takeUnsynced() {
    lock.lock();
    try {
      Journal open = journal;
      if (open == null || unsynced.isEmpty()) {
        return Optional.empty();
      }
      queueRunsLocked();
      Unsynced taken = new Unsynced(unsynced, open.lastSequence());
      // Of what a writer is about to lengthen the journal will hear later.
      unsynced = claims.begun();
      unsyncedSince = time.nanos();
      return Optional.of(taken);
    } finally {
      lock.unlock();
    }
  }

  /** The checkpoint failed. */
  void giveBack(Unsynced taken) {
    lock.lock();
    try {
      unsynced = unsynced.plus(taken.bytes().intersect(present));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The disk could not keep these bytes: what of them is not being lengthened just now becomes a
   * hole. The system may have dropped the pages it failed to write, and the next sync would call
   * them durable all the same.
   */
  RangeSet lose(Unsynced taken) {
    lock.lock();
    try {
      RangeSet bytes = claims.without(taken.bytes().intersect(present));
      unsynced = unsynced.plus(taken.bytes()).minus(bytes);
      change(present.minus(bytes));
      if (journal != null) {
        bytes.ranges().forEach(journal::absent);
      }
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Present bytes that survive a power cut. */
  RangeSet durable() {
    lock.lock();
    try {
      return present.minus(unsynced);
    } finally {
      lock.unlock();
    }
  }

  /** The lowest offset that a reader may still send; empty without reader. */
  OptionalLong lowestReader() {
    lock.lock();
    try {
      return readers.stream().mapToLong(Reader::position).min();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes what may go of {@code wanted} absent: nothing that somebody writes, and in a title with
   * readers only what lies behind all of them. To be ended by {@link #parted} or {@link #keep}.
   */
  Optional<Parting> part(RangeSet wanted) {
    lock.lock();
    try {
      RangeSet bytes = claims.without(wanted.intersect(present));
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
      long freed = present.allocated(Accounts.BLOCK) - rest.allocated(Accounts.BLOCK);
      RangeSet blocks = claims.without(Blocks.freed(bytes, rest));
      List<Claims.Claim> taken = new ArrayList<>();
      for (RangeSet set : List.of(bytes, blocks)) {
        set.ranges().forEach(range -> taken.add(claims.add(range, range.start())));
      }
      parting += freed;
      change(rest);
      unsynced = unsynced.minus(bytes);
      return Optional.of(new Parting(bytes, blocks, taken, freed));
    } finally {
      lock.unlock();
    }
  }

  /** The blocks of {@code gone} are free. */
  void parted(Parting gone) {
    lock.lock();
    try {
      release(gone);
      change(present);
    } finally {
      lock.unlock();
    }
  }

  /** The journal could not be told: all is as before. */
  void keep(Parting kept) {
    lock.lock();
    try {
      release(kept);
      change(present.plus(kept.bytes()));
      unsynced = unsynced.plus(kept.bytes());
    } finally {
      lock.unlock();
    }
  }

  void add(Reader reader) {
    lock.lock();
    try {
      readers.add(reader);
    } finally {
      lock.unlock();
    }
  }

  void remove(Reader reader) {
    lock.lock();
    try {
      readers.remove(reader);
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody reads or writes. */
  boolean isIdle() {
    lock.lock();
    try {
      return readers.isEmpty() && claims.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs {@code move} while nothing is given up: a hold that moves back could otherwise land on
   * bytes that are being given up at this moment.
   */
  void still(Runnable move) {
    lock.lock();
    try {
      move.run();
    } finally {
      lock.unlock();
    }
  }

  private void release(Parting ended) {
    ended.claims().forEach(claims::remove);
    parting -= ended.freed();
    released.signalAll();
  }

  private void queueRunsLocked() {
    Journal open = journal;
    if (open != null) {
      runs.drain().forEach(run -> open.written(run.range(), run.crc()));
    }
  }

  private void change(RangeSet next) {
    present = next;
    long now = next.allocated(Accounts.BLOCK) + parting;
    account.add(now - booked);
    booked = now;
  }
}
