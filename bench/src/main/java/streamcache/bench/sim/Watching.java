package streamcache.bench.sim;

import streamcache.schedule.ObservedVisit;

/** A client that watches what it requests. */
public record Watching() implements ObservedVisit {

  @Override
  public boolean isViewing() {
    return true;
  }

  @Override
  public boolean isDismissed() {
    return false;
  }
}
