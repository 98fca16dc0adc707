package streamcache.schedule;

import streamcache.schedule.AccountState.ConnectionState;
import streamcache.schedule.AccountState.TitleState;

/** One connection and the needs it serves, within one decision. */
final class Assignment {

  /** Seconds; a player waits longer than this for a slot that becomes free by itself. */
  private static final double WITHOUT_RANGES = 5;

  private final TitleState title;
  private final ConnectionState connection;
  private boolean hasReaders;
  private boolean isFill;
  private double slack = Double.POSITIVE_INFINITY;
  private double liveSlack = Double.POSITIVE_INFINITY;
  private double rate;

  Assignment(TitleState title, ConnectionState connection) {
    this.title = title;
    this.connection = connection;
  }

  TitleState title() {
    return title;
  }

  ConnectionState connection() {
    return connection;
  }

  void add(Need need) {
    hasReaders |= !need.isFill();
    isFill |= need.isFill();
    slack = Math.min(slack, need.slack());
    if (need.isLive()) {
      liveSlack = Math.min(liveSlack, need.slack());
      rate = Math.max(rate, need.rate());
    }
  }

  /** Whether a player depends on the connection; if not, it only completes the title. */
  boolean isLive() {
    return liveSlack < Double.POSITIVE_INFINITY;
  }

  /** Whether any reader wants what it delivers, however much that reader has buffered. */
  boolean hasReaders() {
    return hasReaders;
  }

  boolean isNearlyOver() {
    return connection.limit() - connection.position() <= Decision.BEGINNING_BYTES;
  }

  /**
   * Whether the connection will finish within {@code seconds} at its current rate. Without ranges,
   * everything it has delivered would have to be fetched again, which is worth a longer wait.
   */
  boolean isWorthItsEnd(double seconds) {
    long left = Math.min(connection.limit(), title.end()) - connection.position();
    double patience = title.ranges() ? seconds : Math.max(seconds, WITHOUT_RANGES);
    return left <= connection.rate() * patience;
  }

  /** Whether the fill of the title is assigned to this connection. */
  boolean isFill() {
    return isFill;
  }

  /** Seconds until the first dependent player stalls; infinite when none depends on it. */
  double slack() {
    return liveSlack;
  }

  /** Seconds until the first of all its readers stalls; infinite when it has none. */
  double reserve() {
    return slack;
  }

  /** The rate that its players consume; they share its bytes, so the fastest counts. */
  double rate() {
    return rate;
  }
}
