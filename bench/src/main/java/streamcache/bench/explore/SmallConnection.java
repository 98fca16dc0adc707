package streamcache.bench.explore;

import java.util.OptionalDouble;
import streamcache.range.ByteRange;
import streamcache.schedule.ObservedTransfer;

/** A connection, until it ends. */
final class SmallConnection implements ObservedTransfer {
  final Stored film;
  final long end;
  final boolean sendsRange;
  long position;
  long limit;
  boolean hasAnswered;
  boolean isClosing;

  SmallConnection(Stored film, ByteRange range, boolean sendsRange) {
    this.sendsRange = sendsRange;
    this.film = film;
    this.position = range.start();
    this.limit = range.end();
    this.end = film.length();
  }

  boolean isDone() {
    return film.present().presentUntil(position) >= Math.min(limit, end);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public double rate(long now) {
    return hasAnswered ? SmallWorld.RATE : 0;
  }

  @Override
  public double bandwidth(long now) {
    return rate(now);
  }

  @Override
  public OptionalDouble ran(long now) {
    return hasAnswered ? OptionalDouble.of(2) : OptionalDouble.empty();
  }

  @Override
  public boolean isAccepted() {
    return true;
  }
}
