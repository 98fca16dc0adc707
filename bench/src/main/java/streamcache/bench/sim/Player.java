package streamcache.bench.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A player in front of a viewer: opens the film, looks at its tail, comes back, plays with a buffer
 * of its own, and asks anew at every seek.
 */
final class Player implements Client {

  /** What it reads of the head before it looks at the tail, and of the tail. */
  private static final long PROBE = 1_000_000;

  /** It plays when it has this much. */
  private static final double ENOUGH = 1;

  /** A player's network, bytes a second. */
  private static final double NETWORK = 50e6;

  /** After an error it asks again this much later. */
  private static final double RETRY = 1;

  private enum Phase {
    HEAD,
    TAIL,
    PLAY
  }

  private final Film film;
  private final Trace trace;
  private final Deque<Wish> wishes;
  private final Tally tally = new Tally();

  private Phase phase = Phase.HEAD;
  private @Nullable Reading reading;
  private long wanted;
  private double retryAt;
  private double buffered;
  private double shownAt = -1;
  private double pausedUntil;
  private boolean dry = true;

  Player(Film film, Trace trace) {
    this.film = film;
    this.trace = trace;
    this.wishes = new ArrayDeque<>(trace.wishes());
  }

  @Override
  public void advance(double now) {
    if (now < trace.arrives()) {
      return;
    }
    obey(now);
    long taken = take(now);
    tally.delivered(taken);
    buffered += taken;
    switch (phase) {
      case HEAD -> {
        if (buffered >= PROBE) {
          ask(Phase.TAIL, film.end() - PROBE, now);
        }
      }
      case TAIL -> {
        if (buffered >= PROBE) {
          ask(Phase.PLAY, 0, now);
        }
      }
      case PLAY -> play(now);
    }
  }

  @Override
  public double ahead() {
    return buffered / Terms.BITRATE;
  }

  private void obey(double now) {
    while (shownAt >= 0 && !wishes.isEmpty() && wishes.element().at() <= now - shownAt) {
      switch (wishes.remove()) {
        case Wish.Seek seek -> ask(Phase.PLAY, seek.position(), now);
        case Wish.Pause pause -> pausedUntil = now + pause.seconds();
      }
    }
  }

  private void ask(Phase next, long position, double now) {
    phase = next;
    buffered = 0;
    dry = true;
    drop();
    wanted = position;
    reading = film.open(this, position, now);
    retryAt = now;
  }

  private void drop() {
    Reading old = reading;
    if (old != null) {
      wanted = old.sent();
      old.leave();
      reading = null;
    }
  }

  private long take(double now) {
    Reading current = reading;
    if (current != null && current.isFailed()) {
      drop();
      retryAt = now + RETRY;
    }
    if (reading == null && now >= retryAt) {
      reading = film.open(this, wanted, now);
    }
    Reading open = reading;
    if (open == null) {
      return 0;
    }
    long room = Math.max(0, (long) (trace.buffer() - buffered));
    return open.take(Math.min(room, (long) (NETWORK * Clock.STEP)), now);
  }

  private void play(double now) {
    if (dry && buffered >= ENOUGH * Terms.BITRATE) {
      dry = false;
      if (shownAt < 0) {
        shownAt = now;
        tally.shown(now - trace.arrives());
      }
    }
    if (now < pausedUntil) {
      return;
    }
    if (dry) {
      if (shownAt >= 0) {
        tally.stands(Clock.STEP);
      }
      return;
    }
    buffered -= Terms.BITRATE * Clock.STEP;
    if (buffered <= 0) {
      buffered = 0;
      dry = true;
    }
  }

  /** What the viewer went through so far. */
  Tally tally() {
    return tally;
  }

  /** Nobody sees the end. */
  void finish(double now) {
    if (shownAt < 0 && now > trace.arrives()) {
      tally.shown(now - trace.arrives());
    }
  }
}
