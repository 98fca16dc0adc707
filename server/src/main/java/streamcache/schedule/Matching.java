package streamcache.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import streamcache.link.TitleKey;
import streamcache.schedule.AccountState.ConnectionState;
import streamcache.schedule.AccountState.TitleState;
import streamcache.schedule.AccountState.UpstreamState;

/** Assigns needs to running connections, within one decision. */
final class Matching {

  /**
   * A wait in seconds that a player does not notice. Up to here, reading on beats another
   * connection.
   */
  private static final double PATIENCE = 0.5;

  private final UpstreamState upstream;
  private final double farAhead;
  private final List<Assignment> all = new ArrayList<>();
  private final Map<TitleKey, List<Assignment>> byTitle = new HashMap<>();

  /**
   * @param farAhead bytes; while a connection is free, no more than this is read over to reach a
   *     player
   */
  Matching(AccountState state, double farAhead) {
    this.upstream = state.upstream();
    this.farAhead = farAhead;
    for (TitleState title : state.titles()) {
      for (ConnectionState connection : title.connections()) {
        add(new Assignment(title, connection));
      }
    }
  }

  private void add(Assignment serving) {
    all.add(serving);
    byTitle.computeIfAbsent(serving.title().key(), _ -> new ArrayList<>()).add(serving);
  }

  List<Assignment> all() {
    return all;
  }

  List<Assignment> of(TitleState title) {
    return byTitle.getOrDefault(title.key(), List.of());
  }

  /**
   * Assigns the need to the nearest connection that will reach it soon.
   *
   * @param spare whether another connection could be opened at once
   * @return false when there is no such connection
   */
  boolean serve(Need need, boolean spare) {
    Assignment nearest = null;
    for (Assignment serving : of(need.title())) {
      boolean isNearer =
          nearest == null || serving.connection().position() > nearest.connection().position();
      if (isNearer && mayServe(serving.connection(), need, spare)) {
        nearest = serving;
      }
    }
    if (nearest != null) {
      nearest.add(need);
    }
    return nearest != null;
  }

  /** Records a connection that is about to be opened, which serves needs as well. */
  void opens(Need need, Action.Open open) {
    ConnectionState connection =
        new ConnectionState(
            /* id= */ -1,
            open.start(),
            open.end(),
            /* rate= */ 0,
            /* ran= */ OptionalDouble.empty(),
            /* closing= */ false);
    Assignment serving = new Assignment(need.title(), connection);
    serving.add(need);
    add(serving);
  }

  private boolean mayServe(ConnectionState connection, Need need, boolean spare) {
    return !connection.closing() && (!need.title().known() || serves(connection, need, spare));
  }

  private boolean serves(ConnectionState connection, Need need, boolean spare) {
    // Its position was read before the present ranges. On a busy machine it has delivered megabytes
    // in between, which looked like a distance: a second connection fetched the same bytes.
    long gap = need.start() - need.title().present().presentUntil(connection.position());
    if (gap < 0 || need.start() >= connection.limit()) {
      return false;
    }
    // Without ranges the file can only be read from the start.
    if (!need.title().ranges()) {
      return true;
    }
    if (need.urgency() == Urgency.FILL) {
      return true;
    }
    double rate = connection.rate() > 0 ? connection.rate() : upstream.rate();
    if (rate <= 0) {
      return gap <= farAhead;
    }
    double patience = Math.max(PATIENCE, spare ? upstream.firstByte() : upstream.swap());
    return gap / rate <= patience && (!spare || gap <= farAhead);
  }
}
