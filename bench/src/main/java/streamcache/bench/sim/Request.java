package streamcache.bench.sim;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import streamcache.fill.Pace;

/**
 * One open-ended range request of a client and its answer: sends what the store holds in steps of a
 * few megabytes, as the product does, and waits at holes.
 */
final class Request implements Reading {

  /** Hears what becomes of it. */
  interface Listener {

    /** It has come to a hole. */
    void blocked(Request request);

    /** Its client has gone. */
    void left(Request request);
  }

  private static final long STEP_BYTES = 4L << 20;

  private final Client client;
  private final Copy copy;
  private final long start;
  private final Pace pace;
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

  Request(Client client, Copy copy, long position, double now, Listener listener) {
    this.client = client;
    this.copy = copy;
    this.source = copy;
    this.position = position;
    this.sent = position;
    this.extentEnd = position;
    this.start = position;
    this.waitsSince = now;
    this.waits = true;
    this.pace = new Pace(copy.bitrate(), Clock.nanos(now));
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
    waits = false;
    extentEnd = Math.min(until, position + STEP_BYTES);
    pace.sends(total(), Clock.nanos(now));
    return true;
  }

  private void delivered(double now) {
    long count = extentEnd - position;
    position = extentEnd;
    pace.sent(count, total(), Clock.nanos(now));
  }

  private OptionalLong total() {
    return OptionalLong.of(copy.end());
  }

  /** It is answered past the store, from what is fetched for it alone. */
  void passes(Copy own) {
    source = own;
  }

  /** The client gets an error instead of what is left. */
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

  /** It gets nothing, not even what is stored... */
  void hold() {
    held = true;
  }

  /** ...until now. */
  void admit() {
    held = false;
  }

  /** Whether anything of it is still to be fetched. */
  boolean isMissing() {
    return copy.present().presentUntil(position) < copy.end();
  }

  double claims(double now) {
    return pace.claims(total(), Clock.nanos(now));
  }

  /** Its connection was given to another. */
  void rob() {
    robbed = true;
  }

  boolean wasRobbed() {
    return robbed;
  }

  Client client() {
    return client;
  }

  /** The film it is about. */
  Copy copy() {
    return copy;
  }

  /** The next byte that the server has not handed over for good. */
  long position() {
    return position;
  }

  @Override
  public long sent() {
    return sent;
  }

  /** Seconds it has stood at a hole; empty while it does not. */
  OptionalDouble waits(double now) {
    return waits ? OptionalDouble.of(now - waitsSince) : OptionalDouble.empty();
  }

  /** Whether it has had no byte yet. */
  boolean isUnanswered() {
    return sent == start;
  }

  double rate() {
    return pace.rate(total());
  }

  double buffered(double now) {
    return pace.buffered(total(), Clock.nanos(now));
  }
}
