package streamcache.fill;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import streamcache.store.Generation;
import streamcache.store.Reader;

/**
 * A file that a new generation has replaced, kept for the players in the middle of it: a player
 * requests the parts of a file one by one, and would mix two files without noticing. A request for
 * the beginning starts a new playback, and its client gets the new file from then on. Owned by
 * {@link Revalidation}; any thread.
 */
final class Succession {

  /** A player that pauses or seeks returns within this time. */
  static final Duration STAYS = Duration.ofSeconds(60);

  /** Beyond this number, all get the new file: clients may use any number of names. */
  static final int MOST_CLIENTS = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Generation before;
  private final Reader hold;
  private final Set<ClientId> moved = new HashSet<>();
  private long until;
  private boolean isOver;

  /** To be created before the new generation begins: a file without a hold is deleted then. */
  Succession(Generation before, long now) {
    this.before = before;
    this.hold = before.reader(0);
    this.until = now + STAYS.toNanos();
  }

  /**
   * The old file, for a player that is in the middle of it.
   *
   * @param client the client that makes the request
   * @param begins whether the request is for the beginning
   */
  Optional<Held> join(ClientId client, boolean begins, long now) {
    lock.lock();
    try {
      if (begins) {
        moved.add(client);
      }
      if (isOver || moved.size() > MOST_CLIENTS || moved.contains(client)) {
        return Optional.empty();
      }
      until = now + STAYS.toNanos();
      return Optional.of(new Held(before, before.reader(0)));
    } finally {
      lock.unlock();
    }
  }

  /** Ends it when nobody has read the old file for a while; returns whether it has ended. */
  boolean isOver(long now) {
    lock.lock();
    try {
      if (before.readers() > 1) {
        until = now + STAYS.toNanos();
      }
      if (now - until < 0) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    end();
    return true;
  }

  void end() {
    lock.lock();
    try {
      isOver = true;
    } finally {
      lock.unlock();
    }
    hold.close();
  }
}
