package streamcache.bench.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A viewer's player: it opens the film, reads its tail, returns to the start, plays with a buffer
 * of its own, and sends a new request at every seek.
 */
final class Player implements SimulatedClient {

  /** Bytes it reads of the head before it reads the tail, and bytes of the tail. */
  private static final long PROBE = 1_000_000;

  /** Seconds in the buffer at which it starts to play. */
  private static final double ENOUGH = 1;

  /** The bandwidth of a player's network, bytes a second. */
  private static final double NETWORK = 50e6;

  /** Seconds after an error until it sends the request again. */
  private static final double RETRY = 1;

  private enum Phase {
    HEAD,
    TAIL,
    PLAY
  }

  private final SimulatedFilm film;
  private final SceneTrace trace;
  private final Deque<PlayerWish> wishes;
  private final SceneTally tally = new SceneTally();

  private Phase phase = Phase.HEAD;
  private @Nullable Reading reading;
  private long wanted;
  private double retryAt;
  private double buffered;
  private double shownAt = -1;
  private double pausedUntil;
  private boolean dry = true;

  Player(SimulatedFilm film, SceneTrace trace) {
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
        case PlayerWish.Seek seek -> ask(Phase.PLAY, seek.position(), now);
        case PlayerWish.Pause pause -> pausedUntil = now + pause.seconds();
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

  /** Returns what the viewer has experienced so far. */
  SceneTally tally() {
    return tally;
  }

  /** The scene ends; no viewer reaches the end of the film. */
  void finish(double now) {
    if (shownAt < 0 && now > trace.arrives()) {
      tally.shown(now - trace.arrives());
    }
  }
}
