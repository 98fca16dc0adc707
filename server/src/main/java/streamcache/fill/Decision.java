package streamcache.fill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.DemandState;
import streamcache.fill.AccountState.TitleState;
import streamcache.range.ByteRange;

/**
 * Which connections to open and close: a pure function of the account's state, asked again at every
 * event.
 *
 * <p>The rule here is simple: a title whose facts are unknown gets one connection, which all
 * viewers share; afterwards one connection fills it, and a second one is opened for a reader that
 * is blocked far from it. A third far reader takes the place of whatever serves no blocked reader.
 */
final class Decision {

  /** A HEAD of an unknown title costs this much upstream; enough to tell a container. */
  static final long FACTS_BYTES = 64 * 1024;

  /**
   * What is fetched of an unknown title before a stretch far from its beginning: enough to tell
   * whether it is a film at all, and over before the player notices.
   */
  static final long BEGINNING_BYTES = 4 * 1024;

  /** Seconds that a reader waits for a running connection to come to it, before one of its own. */
  private static final long PATIENCE = 1;

  private final long rangeTeeThreshold;

  /**
   * @param rangeTeeThreshold how far, in bytes, a reader may be ahead of a connection and still be
   *     served by reading on
   */
  Decision(long rangeTeeThreshold) {
    this.rangeTeeThreshold = rangeTeeThreshold;
  }

  List<Action> decide(AccountState state) {
    List<Action> actions = new ArrayList<>();
    for (TitleState title : state.titles()) {
      decideTitle(title).ifPresent(actions::add);
    }
    return actions;
  }

  /** At most one step a title: the next event asks again with what it has changed. */
  private Optional<Action> decideTitle(TitleState title) {
    if (title.paused()) {
      return Optional.empty();
    }
    if (!title.known()) {
      return opening(title);
    }
    for (DemandState demand : blockedFirst(title)) {
      Optional<ByteRange> hole = hole(title, demand);
      if (hole.isPresent() && !isServed(title, hole.get().start())) {
        return forDemand(title, hole.get());
      }
    }
    return title.fill() && title.connections().isEmpty() ? fill(title) : Optional.empty();
  }

  private Optional<Action> opening(TitleState title) {
    if (!title.connections().isEmpty() || title.demands().isEmpty()) {
      return Optional.empty();
    }
    Optional<DemandState> playing =
        title.demands().stream().filter(demand -> !demand.factsOnly()).findFirst();
    if (playing.isEmpty()) {
      return Optional.of(new Action.Open(title.key(), 0, FACTS_BYTES));
    }
    boolean isFar = playing.get().position() > rangeTeeThreshold;
    return Optional.of(new Action.Open(title.key(), 0, isFar ? BEGINNING_BYTES : Long.MAX_VALUE));
  }

  private static List<DemandState> blockedFirst(TitleState title) {
    return title.demands().stream()
        .filter(DemandState::blocked)
        .sorted(Comparator.comparing(DemandState::factsOnly))
        .toList();
  }

  private static Optional<ByteRange> hole(TitleState title, DemandState demand) {
    long end = Math.min(demand.end(), title.end());
    return demand.position() >= end
        ? Optional.empty()
        : title.present().firstHole(new ByteRange(demand.position(), end));
  }

  private boolean isServed(TitleState title, long need) {
    return title.connections().stream()
        .anyMatch(connection -> !connection.closing() && serves(title, connection, need));
  }

  /** Reading on beats a second connection while it is soon there; without ranges there is none. */
  private boolean serves(TitleState title, ConnectionState connection, long need) {
    long gap = need - connection.position();
    if (gap < 0 || need >= connection.limit()) {
      return false;
    }
    long near = connection.rate() == 0 ? rangeTeeThreshold : connection.rate() * PATIENCE;
    return !title.ranges() || gap <= Math.min(near, rangeTeeThreshold);
  }

  private Optional<Action> forDemand(TitleState title, ByteRange hole) {
    if (title.connections().stream().anyMatch(Decision::isNearlyOver)) {
      return Optional.empty();
    }
    if (title.connections().size() < title.most()) {
      return Optional.of(open(title, hole.start()));
    }
    if (title.connections().stream().anyMatch(ConnectionState::closing)) {
      return Optional.empty();
    }
    OptionalLong idle =
        title.connections().stream()
            .filter(connection -> !servesBlocked(title, connection))
            .mapToLong(ConnectionState::id)
            .findFirst();
    return idle.isPresent()
        ? Optional.of(new Action.Close(title.key(), idle.getAsLong()))
        : Optional.empty();
  }

  /**
   * Its end asks again: sooner than a second connection could be made, if one is allowed at all.
   */
  private static boolean isNearlyOver(ConnectionState connection) {
    return connection.limit() - connection.position() <= BEGINNING_BYTES;
  }

  private boolean servesBlocked(TitleState title, ConnectionState connection) {
    return blockedFirst(title).stream()
        .map(demand -> hole(title, demand))
        .flatMap(Optional::stream)
        .anyMatch(hole -> serves(title, connection, hole.start()));
  }

  /**
   * First the hole ahead of the newest reader, since somebody will want it; then from the start.
   */
  private static Optional<Action> fill(TitleState title) {
    long newest = title.demands().isEmpty() ? 0 : title.demands().getLast().position();
    ByteRange ahead = new ByteRange(Math.min(newest, title.end()), title.end());
    Optional<ByteRange> hole =
        title
            .present()
            .firstHole(ahead)
            .or(() -> title.present().firstHole(new ByteRange(0, title.end())));
    return hole.map(range -> open(title, range.start()));
  }

  /** Up to what is present or what another connection is about to bring. */
  private static Action open(TitleState title, long start) {
    if (!title.ranges()) {
      return new Action.Open(title.key(), 0, Long.MAX_VALUE);
    }
    long end = title.present().nextPresent(start);
    for (ConnectionState connection : title.connections()) {
      if (connection.position() > start) {
        end = Math.min(end, connection.position());
      }
    }
    return new Action.Open(title.key(), start, end >= title.end() ? Long.MAX_VALUE : end);
  }
}
