package streamcache.bench.explore;

import streamcache.schedule.ObservedReader;

/** A player that consumes what is present, up to the hole. */
final class SmallPlayer implements ObservedReader {
  long demand = -1;
  long position;
  boolean isBlocked;

  @Override
  public long position() {
    return position;
  }

  @Override
  public long end() {
    return Long.MAX_VALUE;
  }

  @Override
  public long watched() {
    return position;
  }

  @Override
  public double rate() {
    return SmallWorld.RATE;
  }

  @Override
  public double claims(long now) {
    return 0;
  }

  @Override
  public double buffered(long now) {
    return 0;
  }
}
