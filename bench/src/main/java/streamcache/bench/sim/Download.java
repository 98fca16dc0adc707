package streamcache.bench.sim;

import java.util.OptionalDouble;
import streamcache.range.ByteRange;

/** One connection to the provider that brings bytes of a film from an offset on. */
final class Download {

  /** How it stands. */
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
  private final Provider.Opening opening;
  private final long readOver;
  private State state = State.CONNECTING;
  private long position;
  private long limit;
  private long bound = Long.MAX_VALUE;
  private final double openedAt;
  private double firstByteAt;
  private double credit;
  private boolean closing;

  /**
   * @param range what was asked for
   * @param readOver present bytes that it reads over and drops before it ends by itself
   */
  Download(long id, Copy copy, ByteRange range, Provider.Opening opening, long readOver) {
    this.id = id;
    this.copy = copy;
    this.start = range.start();
    this.position = range.start();
    this.limit = Math.min(range.end(), copy.end());
    this.opening = opening;
    this.openedAt = opening.at();
    this.readOver = readOver;
  }

  /** Brings what comes within one step. */
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
      copy.fetched(range);
      copy.stored(range);
      position += count;
    }
  }

  private boolean isDone() {
    long presentUntil = copy.present().presentUntil(position);
    return position >= limit || presentUntil >= limit || presentUntil - position > readOver;
  }

  /** Ends it; while it connects it cannot be, as in the product. */
  void close() {
    closing = true;
  }

  /** Another one brings what lies from {@code offset} on. */
  void limit(long offset) {
    limit = Math.min(limit, offset);
  }

  /** Nobody reads on from it now: it stands still at {@code offset}, until that moves. */
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
