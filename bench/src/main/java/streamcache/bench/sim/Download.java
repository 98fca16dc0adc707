package streamcache.bench.sim;

import java.util.OptionalDouble;
import streamcache.range.ByteRange;

/** One connection to the provider that fetches a film from an offset on. */
final class Download {

  /** The state of the connection. */
  enum State {
    CONNECTING,
    RUNNING,
    FINISHED,
    CLOSED,
    REFUSED
  }

  private final long id;
  private final Copy copy;
  private final long start;
  private final SimulatedProvider.Opening opening;
  private final long readOver;
  private State state = State.CONNECTING;
  private long position;
  private long limit;
  private long bound = Long.MAX_VALUE;
  private final double openedAt;
  private double firstByteAt;
  private double credit;
  private long stored;
  private long number;
  private boolean closing;

  /**
   * @param range the requested range
   * @param readOver present bytes that it reads and discards before it ends by itself
   */
  Download(long id, Copy copy, ByteRange range, SimulatedProvider.Opening opening, long readOver) {
    this.id = id;
    this.copy = copy;
    this.start = range.start();
    this.position = range.start();
    this.limit = Math.min(range.end(), copy.end());
    this.opening = opening;
    this.openedAt = opening.at();
    this.readOver = readOver;
  }

  /** Receives the bytes of one step. */
  void advance(double now, double rate) {
    if (state == State.CONNECTING && now >= opening.answersAt()) {
      state = opening.refused() ? State.REFUSED : State.RUNNING;
      firstByteAt = now;
    }
    if (state != State.RUNNING) {
      return;
    }
    if (closing) {
      state = State.CLOSED;
      return;
    }
    bring(rate * Clock.STEP);
    if (isDone()) {
      state = State.FINISHED;
    }
  }

  private void bring(double bytes) {
    credit += bytes;
    long count = Math.min((long) credit, Math.min(limit, bound) - position);
    credit -= (long) credit;
    if (count > 0) {
      ByteRange range = ByteRange.ofLength(position, count);
      long before = copy.present().size();
      copy.fetched(range);
      copy.stored(range);
      stored += copy.present().size() - before;
      position += count;
    }
  }

  private boolean isDone() {
    long presentUntil = copy.present().presentUntil(position);
    return position >= limit || presentUntil >= limit || presentUntil - position > readOver;
  }

  /**
   * Ends the connection; one that is still connecting ends only once it is answered, as in the
   * product.
   */
  void close() {
    closing = true;
  }

  /** Another connection fetches the bytes from {@code offset} on. */
  void limit(long offset) {
    limit = Math.min(limit, offset);
  }

  /**
   * No reader needs bytes beyond {@code offset} now: the connection pauses there until the bound
   * moves.
   */
  void bound(long offset) {
    bound = offset;
  }

  long bound() {
    return bound;
  }

  boolean isBound() {
    return position >= bound;
  }

  boolean isOver() {
    return switch (state) {
      case CONNECTING, RUNNING -> false;
      case FINISHED, CLOSED, REFUSED -> true;
    };
  }

  State state() {
    return state;
  }

  boolean isClosing() {
    return closing;
  }

  long id() {
    return id;
  }

  /** Sets the number by which its policy identifies it. */
  void number(long as) {
    number = as;
  }

  long number() {
    return number;
  }

  /** Returns the bytes it received that were not stored before. */
  long stored() {
    return stored;
  }

  Copy copy() {
    return copy;
  }

  long start() {
    return start;
  }

  long position() {
    return position;
  }

  long limit() {
    return limit;
  }

  double openedAt() {
    return openedAt;
  }

  /** Seconds since its first byte; empty before. */
  OptionalDouble ran(double now) {
    return state == State.CONNECTING
        ? OptionalDouble.empty()
        : OptionalDouble.of(now - firstByteAt);
  }
}
