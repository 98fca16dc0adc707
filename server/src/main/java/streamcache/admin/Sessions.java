package streamcache.admin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The browsers that are logged in. A session has its own random id, made at the log-in, and holds
 * what it was begun with: it ends with the rights of that. Lost at a restart. Any thread.
 */
final class Sessions {

  /** How long a session lasts after its last use. */
  static final Duration LIFE = Duration.ofHours(12);

  /** Beyond this many, the one that was used least recently ends. */
  static final int MOST = 100;

  private record Session(TokenDigest id, Login login, long usedAt) {}

  private final LongSupplier nanos;

  /** Least recently used first; guarded by this, which is held for a look through it. */
  private final Deque<Session> sessions = new ArrayDeque<>();

  /**
   * @param nanos the time as {@link System#nanoTime} counts it
   */
  Sessions(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Begins a session and returns its id, which only the browser keeps. */
  synchronized String begin(Login login) {
    if (sessions.size() == MOST) {
      sessions.removeFirst();
    }
    String id = TokenDigest.newToken();
    sessions.addLast(new Session(TokenDigest.of(id), login, nanos.getAsLong()));
    return id;
  }

  /** What a session was begun with, which is used now; empty if it has ended. */
  synchronized Optional<Login> login(String id) {
    Optional<Session> found = take(id);
    found.ifPresent(
        session -> sessions.addLast(new Session(session.id(), session.login(), nanos.getAsLong())));
    return found.map(Session::login);
  }

  synchronized void end(String id) {
    Optional<Session> _ = take(id);
  }

  synchronized void endAll() {
    sessions.clear();
  }

  private Optional<Session> take(String id) {
    long oldest = nanos.getAsLong() - LIFE.toNanos();
    sessions.removeIf(session -> session.usedAt() - oldest < 0);
    TokenDigest presented = TokenDigest.of(id);
    Iterator<Session> each = sessions.iterator();
    while (each.hasNext()) {
      Session session = each.next();
      if (session.id().isOf(presented)) {
        each.remove();
        return Optional.of(session);
      }
    }
    return Optional.empty();
  }
}
