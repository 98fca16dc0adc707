package streamcache.fill;

import java.util.ArrayList;
import java.util.List;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.TitleState;

/** One connection and the needs it serves, in the course of one decision. */
final class Serving {

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

  /** What its players consume; they share its bytes, so the fastest counts. */
  double rate() {
    return needs.stream().filter(Need::isLive).mapToDouble(Need::rate).max().orElse(0);
  }
}
