package streamcache.fill;

import java.util.ArrayList;
import java.util.List;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.TitleState;

/** One connection and the needs it serves, in the course of one decision. */
final class Serving {

  /** Seconds; a player whose place comes free by itself is held for longer than that. */
  private static final double WITHOUT_RANGES = 5;

  private final TitleState title;
  private final ConnectionState connection;
  private final List<Need> needs = new ArrayList<>();

  Serving(TitleState title, ConnectionState connection) {
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
    needs.add(need);
  }

  /** Whether a player lives on it; else it only completes the title. */
  boolean isLive() {
    return needs.stream().anyMatch(Need::isLive);
  }

  /** Whether anybody reads what it brings, however much that one has ahead. */
  boolean hasReaders() {
    return needs.stream().anyMatch(need -> !need.isFill());
  }

  boolean isNearlyOver() {
    return connection.limit() - connection.position() <= Decision.BEGINNING_BYTES;
  }

  /**
   * Whether what it is open for comes within so many seconds at its pace. Without ranges all that
   * it has brought would have to come again, which is worth a longer wait.
   */
  boolean isWorthItsEnd(double seconds) {
    long left = Math.min(connection.limit(), title.end()) - connection.position();
    double patience = title.ranges() ? seconds : Math.max(seconds, WITHOUT_RANGES);
    return left <= connection.rate() * patience;
  }

  /** Whether the wish to complete the title would have it here. */
  boolean isFill() {
    return needs.stream().anyMatch(Need::isFill);
  }

  /** Seconds until the first of its players would stand still. */
  double slack() {
    return needs.stream()
        .filter(Need::isLive)
        .mapToDouble(Need::slack)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Seconds until the first of all who read it would stand still; endless when nobody does. */
  double reserve() {
    return needs.stream().mapToDouble(Need::slack).min().orElse(Double.POSITIVE_INFINITY);
  }

  /** What its players consume; they share its bytes, so the fastest counts. */
  double rate() {
    return needs.stream().filter(Need::isLive).mapToDouble(Need::rate).max().orElse(0);
  }
}
