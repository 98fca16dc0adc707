package streamcache.bench.explore;

import org.jspecify.annotations.Nullable;
import streamcache.schedule.ObservedPass;

/**
 * A viewer's request for a connection that bypasses the store, and that connection once it is open.
 */
final class Past implements ObservedPass {

  private final long number;
  private final long demand;
  private final ExploredViewer viewer;
  private final double since;
  private @Nullable Fetching fetching;
  private double wantedAgainAt = Double.MAX_VALUE;
  private double idleSince = -1;

  Past(long number, long demand, ExploredViewer viewer, double now) {
    this.number = number;
    this.demand = demand;
    this.viewer = viewer;
    this.since = now;
  }

  long number() {
    return number;
  }

  long demand() {
    return demand;
  }

  ExploredViewer viewer() {
    return viewer;
  }

  double since() {
    return since;
  }

  @Nullable Fetching fetching() {
    return fetching;
  }

  void opens(Fetching with) {
    fetching = with;
  }

  void isOver() {
    fetching = null;
  }

  /** The pass is requested again at the given time. */
  void rests(double until) {
    wantedAgainAt = until;
  }

  boolean isDue(double now) {
    if (now < wantedAgainAt) {
      return false;
    }
    wantedAgainAt = Double.MAX_VALUE;
    return true;
  }

  /** The player has consumed the given number of bytes. */
  void took(long bytes, double now) {
    if (bytes > 0) {
      idleSince = -1;
    } else if (idleSince < 0) {
      idleSince = now;
    }
  }

  @Override
  public boolean isIdle(long now) {
    return idleSince >= 0 && now / 1e9 - idleSince >= 1;
  }
}
