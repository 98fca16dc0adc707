package streamcache.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
  private volatile Footprint footprint;
  private RangeSet unsynced = RangeSet.EMPTY;
  private long unsyncedSince;
  private @Nullable Journal journal;
  private boolean isClosed;
  private long booked;
  private long parting;

  /** Changed under the lock, read without. */
  private volatile RangeSet present = RangeSet.EMPTY;

  /**
   * @param footprint of the media that will be made; found media have their own
   */
  Presence(StoreTime time, Accounts.Entry account, Footprint footprint) {
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
   * Takes up files.
   *
   * @param bytes what the journal says is there
   * @param doubtful what of it a power cut would take
   */
  void open(Generation.Files found, RangeSet bytes, RangeSet doubtful) {
    still(() -> {
      journal = found.journal();
      footprint = found.media().footprint();
      change(bytes);
      unsynced = doubtful;
      unsyncedSince = time.nanos();
    });
  }

  /** Nothing is journaled from now on: a newer generation has the sidecar. */
  void forgetJournal() {
    still(() -> {
      journal = null;
      runs.drain();
      unsynced = RangeSet.EMPTY;
    });
  }

  /** Gives up all bytes for good unless somebody reads or writes; whether this call did. */
  boolean close() {
    return locked(() -> {
      if (isClosed || !readers.isEmpty() || !claims.isEmpty()) {
        return false;
      }
      isClosed = true;
      change(RangeSet.EMPTY);
      return true;
    });
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
      boolean spoilt = claims.remove(work.claim());
      released.signalAll();
      Runs.Run run = work.run();
      if (spoilt) {
        drop(run);
        return false;
      }
      change(present.plus(work.range()));
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
    still(() -> {
      boolean spoilt = claims.remove(work.claim());
      released.signalAll();
      if (spoilt) {
        drop(work.run());
      } else {
        runs.put(work.run());
      }
    });
  }

  /** Queues what the journal does not know yet. */
  void queueRuns() {
    still(() -> queueRunsLocked());
  }

  /** The bytes of the journal up to {@code sequence} survive a power cut. */
  void queueDurable(int sequence) {
    still(() -> {
      if (journal != null) {
        journal.durable(sequence);
      }
    });
  }

  void queueEnded(long total) {
    still(() -> {
      if (journal != null) {
        journal.ended(total);
      }
    });
  }

  /** How much a power cut would take. */
  Debt debt() {
    return locked(() -> new Debt(unsynced.size(), time.nanos() - unsyncedSince));
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
    still(() -> unsynced = unsynced.plus(taken.bytes().intersect(present)));
  }

  /**
   * The disk could not keep these bytes: they become holes, those of a run that is being lengthened
   * as soon as its writer is through. The system may have dropped the pages it failed to write, and
   * the next sync would call them durable all the same.
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
      return bytes.plus(claims.spoil(taken.bytes()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * These bytes are not on disk, whatever the journal says: what of them nobody is at work on
   * becomes a hole.
   */
  RangeSet distrust(RangeSet bad) {
    lock.lock();
    try {
      queueRunsLocked();
      RangeSet bytes = claims.without(bad.intersect(present));
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

  /** Present bytes that survive a power cut; on the keeper thread, which makes them so. */
  RangeSet durable() {
    return locked(() -> present.minus(unsynced));
  }

  /** The lowest offset that a reader may still send; empty without reader. */
  OptionalLong lowestReader() {
    return locked(() -> readers.stream().mapToLong(Reader::position).min());
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
      long freed = footprint.bytes(present) - footprint.bytes(rest);
      // Not where a writer is at work, whose bytes are not among the rest yet.
      RangeSet blocks = footprint.freed(bytes, rest.plus(claims.all()));
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
    still(() -> {
      release(gone);
      change(present);
    });
  }

  /** The journal could not be told: all is as before. */
  void keep(Parting kept) {
    still(() -> {
      release(kept);
      change(present.plus(kept.bytes()));
      unsynced = unsynced.plus(kept.bytes());
    });
  }

  void add(Reader reader) {
    still(() -> readers.add(reader));
  }

  void remove(Reader reader) {
    still(() -> readers.remove(reader));
  }

  /** Whether nobody reads or writes. */
  boolean isIdle() {
    return locked(() -> readers.isEmpty() && claims.isEmpty());
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

  /** The journal knows nothing of the run yet, nor will it. */
  private void drop(Runs.Run run) {
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
    long now = footprint.bytes(next) + parting;
    account.add(now - booked);
    booked = now;
  }
}
