package streamcache.bench.sim;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import streamcache.schedule.BufferEstimator;

/**
 * One open-ended range request of a client and its response: sends what the store holds in steps of
 * a few megabytes, as the product does, and waits at holes.
 */
final class SimulatedRequest implements Reading {

  /** Is notified of what happens to the request. */
  interface Listener {

    /** The request has reached a hole. */
    void blocked(SimulatedRequest request);

    /** The request continues. */
    void unblocked(SimulatedRequest request);

    /** The client has left. */
    void left(SimulatedRequest request);
  }

  private static final long STEP_BYTES = 4L << 20;

  private final SimulatedClient client;
  private final Copy copy;
  private final long start;
  private final BufferEstimator buffer;
  private final Listener listener;

  private Copy source;
  private long position;
  private long sent;
  private long extentEnd;
  private boolean waits;
  private double waitsSince;
  private boolean failed;
  private boolean robbed;
  private boolean held;

  SimulatedRequest(
      SimulatedClient client, Copy copy, long position, double now, Listener listener) {
    this.client = client;
    this.copy = copy;
    this.source = copy;
    this.position = position;
    this.sent = position;
    this.extentEnd = position;
    this.start = position;
    this.waitsSince = now;
    this.waits = true;
    this.buffer = new BufferEstimator(copy.bitrate(), Clock.nanos(now));
    this.listener = listener;
  }

  @Override
  public long take(long most, double now) {
    long left = most;
    while (left > 0 && hasExtent(now)) {
      long count = Math.min(left, extentEnd - sent);
      sent += count;
      left -= count;
      if (sent == extentEnd) {
        delivered(now);
      }
    }
    return most - left;
  }

  private boolean hasExtent(double now) {
    if (sent < extentEnd) {
      return true;
    }
    long until = source.present().presentUntil(position);
    if (position >= copy.end() || failed || held) {
      return false;
    }
    if (until == position) {
      if (!waits) {
        waits = true;
        waitsSince = now;
        listener.blocked(this);
      }
      return false;
    }
    if (waits) {
      waits = false;
      listener.unblocked(this);
    }
    extentEnd = Math.min(until, position + STEP_BYTES);
    buffer.sends(total(), Clock.nanos(now));
    return true;
  }

  private void delivered(double now) {
    long count = extentEnd - position;
    position = extentEnd;
    buffer.sent(count, total(), Clock.nanos(now));
  }

  private OptionalLong total() {
    return OptionalLong.of(copy.end());
  }

  /** Serves the request past the store, from what is fetched for it alone. */
  void passes(Copy own) {
    source = own;
  }

  /** The client gets an error instead of the rest. */
  void fail() {
    failed = true;
  }

  @Override
  public boolean isFailed() {
    return failed;
  }

  @Override
  public void leave() {
    listener.left(this);
  }

  /** The client gets nothing, not even what is stored... */
  void hold() {
    held = true;
  }

  /** ...until now. */
  void admit() {
    held = false;
  }

  /** Whether any of its bytes are still to be fetched. */
  boolean isMissing() {
    return copy.present().presentUntil(position) < copy.end();
  }

  double claims(double now) {
    return buffer.claims(total(), Clock.nanos(now));
  }

  /** Its connection was given to another request. */
  void rob() {
    robbed = true;
  }

  boolean wasRobbed() {
    return robbed;
  }

  SimulatedClient client() {
    return client;
  }

  /** Returns the film that it requests. */
  Copy copy() {
    return copy;
  }

  /** Returns the offset of the next byte that the server has not handed over for good. */
  long position() {
    return position;
  }

  @Override
  public long sent() {
    return sent;
  }

  /** Returns the seconds it has waited at a hole; empty if it is not waiting. */
  OptionalDouble waits(double now) {
    return waits ? OptionalDouble.of(now - waitsSince) : OptionalDouble.empty();
  }

  /** Whether it has received no byte yet. */
  boolean isUnanswered() {
    return sent == start;
  }

  /** Returns the bytes that its client has received. */
  long watched() {
    return sent - start;
  }

  double rate() {
    return buffer.rate(total());
  }

  double buffered(double now) {
    return buffer.buffered(total(), Clock.nanos(now));
  }
}
