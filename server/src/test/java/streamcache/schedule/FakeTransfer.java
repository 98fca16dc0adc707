package streamcache.schedule;

import java.util.OptionalDouble;

/** A connection that the provider has accepted and that never advances. */
record FakeTransfer() implements ObservedTransfer {

  @Override
  public long position() {
    return 0;
  }

  @Override
  public double rate(long now) {
    return 0;
  }

  @Override
  public double bandwidth(long now) {
    return 0;
  }

  @Override
  public OptionalDouble ran(long now) {
    return OptionalDouble.empty();
  }

  @Override
  public boolean isAccepted() {
    return true;
  }
}
