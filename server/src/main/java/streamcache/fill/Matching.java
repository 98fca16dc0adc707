package streamcache.fill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.LineState;
import streamcache.fill.AccountState.TitleState;

/** Which running connection serves which need, in the course of one decision. */
final class Matching {

  /** What a player waits without noticing: reading on beats another connection up to here. */
  private static final double PATIENCE = 0.5;

  private final LineState line;
  private final double farAhead;
  private final List<Serving> all = new ArrayList<>();

  /**
   * @param farAhead bytes that are never read over to get to a player while a connection is free
   */
  Matching(AccountState state, double farAhead) {
    this.line = state.line();
    this.farAhead = farAhead;
    for (TitleState title : state.titles()) {
      for (ConnectionState connection : title.connections()) {
        all.add(new Serving(title, connection));
      }
    }
  }

  List<Serving> all() {
    return all;
  }

  List<Serving> of(TitleState title) {
    return all.stream().filter(serving -> serving.title().key().equals(title.key())).toList();
  }

  /**
   * Gives the need to the nearest connection that will come to it soon.
   *
   * @param spare whether another connection could be opened at once
   * @return false when there is none
   */
  boolean serve(Need need, boolean spare) {
    return of(need.title()).stream()
        .filter(serving -> !serving.connection().closing())
        .filter(serving -> !need.title().known() || serves(serving.connection(), need, spare))
        .max(Comparator.comparingLong(serving -> serving.connection().position()))
        .map(serving -> {
          serving.add(need);
          return true;
        })
        .orElse(false);
  }

  /** A connection that is about to be opened serves needs as well. */
  void opens(Need need, Action.Open open) {
    ConnectionState connection =
        new ConnectionState(
            /* id= */ -1,
            open.start(),
            open.end(),
            /* rate= */ 0,
            /* ran= */ OptionalDouble.empty(),
            /* closing= */ false);
    Serving serving = new Serving(need.title(), connection);
    serving.add(need);
    all.add(serving);
  }

  private boolean serves(ConnectionState connection, Need need, boolean spare) {
    long gap = need.start() - connection.position();
    if (gap < 0 || need.start() >= connection.limit()) {
      return false;
    }
    // Without ranges there is no other way than from the start.
    if (!need.title().ranges()) {
      return true;
    }
    if (need.urgency() == Urgency.FILL) {
      return true;
    }
    double rate = connection.rate() > 0 ? connection.rate() : line.rate();
    if (rate <= 0) {
      return gap <= farAhead;
    }
    double patience = Math.max(PATIENCE, spare ? line.firstByte() : line.swap());
    return gap / rate <= patience && (!spare || gap <= farAhead);
  }
}
