package streamcache.schedule;

/** A player whose state a test sets. */
final class FakeReader implements ObservedReader {

  volatile long position;
  volatile long end = Long.MAX_VALUE;
  volatile long watched;
  volatile double rate = 1 << 20;
  volatile double claims;
  volatile double buffered;

  @Override
  public long position() {
    return position;
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public long watched() {
    return watched;
  }

  @Override
  public double rate() {
    return rate;
  }

  @Override
  public double claims(long now) {
    return claims;
  }

  @Override
  public double buffered(long now) {
    return buffered;
  }
}
