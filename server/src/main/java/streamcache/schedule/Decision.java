package streamcache.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import streamcache.link.TitleKey;
import streamcache.schedule.AccountState.ConnectionState;
import streamcache.schedule.AccountState.TitleState;

/**
 * Decides which connections to open and close: a pure function of the account's state, evaluated at
 * every event and every quarter of a second.
 *
 * <p>Each need is assigned to a running connection that will reach it soon. The remaining needs get
 * the free connections, the most urgent first. When none is free, a stalled player may take the
 * connection of one that can spare it ({@link Preemption}). No connection is closed because its
 * player left: it goes on completing its title until its slot is needed. A title does not start if
 * the bandwidth cannot carry it in addition to those that are playing ({@link Admission}).
 */
final class Decision {

  /**
   * A HEAD of an unknown title fetches this many bytes upstream, enough to identify the container.
   */
  static final long FACTS_BYTES = 64 * 1024;

  /**
   * What is fetched of an unknown title before a range far from its beginning: enough to tell
   * whether it is media at all, and done before the player notices.
   */
  static final long BEGINNING_BYTES = 4 * 1024;

  /** A reader of the very end of a file soon reads a little before it, too. */
  private static final long END_BYTES = 256 * 1024;

  /**
   * A title may have this many connections; it may have more only if players depend on all of them.
   */
  private static final int USUAL = 2;

  /** A player that seeks repeatedly settles within this time. */
  static final Duration DEBOUNCE = Duration.ofMillis(200);

  private final long rangeTeeThreshold;

  /**
   * @param rangeTeeThreshold in bytes: an opening request at or below this offset starts the title
   *     from 0, one beyond gets its own range first. No more than this is read over to reach a
   *     player.
   */
  Decision(long rangeTeeThreshold) {
    this.rangeTeeThreshold = rangeTeeThreshold;
  }

  /** The steps to take now. The caller decides again on the state that results from them. */
  List<Action> decide(AccountState before) {
    Set<TitleKey> admitted = Admission.of(before);
    List<Action> actions = new ArrayList<>();
    admitted.forEach(title -> actions.add(new Action.Admit(title)));
    AccountState state = Admission.admit(before, admitted);
    List<Need> unmatched = new ArrayList<>();
    Matching matching = new Matching(state, rangeTeeThreshold);
    int free = state.free();
    boolean spare = free > 0;
    // Needs of a paused title may use a running connection, and get no new one.
    List<Need> needs =
        Need.of(state).stream()
            .filter(need -> !matching.serve(need, spare) && !need.title().paused())
            .toList();
    OverloadPriority priority = new OverloadPriority(state, matching, needs);
    for (Need need : priority.firstComeFirst(needs)) {
      if (matching.serve(need, free > 0)) {
        continue;
      }
      if (free > reserve(need, state) && mayOpen(need, matching)) {
        Action.Open open = open(need, matching);
        matching.opens(need, open);
        actions.add(open);
        free--;
      } else {
        unmatched.add(need);
      }
    }
    if (!state.settling()) {
      handOver(new Preemption(state.upstream(), priority), matching, unmatched)
          .ifPresent(actions::add);
    }
    return actions;
  }

  /**
   * The slots that are not for this need. One is kept for a player that is about to return, unless
   * another would stall meanwhile ({@link Reservation}); it is not for a fill either.
   */
  private static int reserve(Need need, AccountState state) {
    boolean isForAnother =
        state.reserved().isPresent()
            && (need.isFill() || !state.reserved().get().equals(need.title().key()));
    int forReturn = isForAnother && !need.urgency().isPressing() ? 1 : 0;
    return Math.max(forReturn, forNextPlayer(need, state));
  }

  /**
   * The last slot is reserved for the next player, unless it is the only slot. A reader that has
   * waited for long gets the last slot, however much it seems to have ahead. Otherwise it would
   * wait for as long as another title plays; a new player may preempt its connection.
   */
  private static int forNextPlayer(Need need, AccountState state) {
    boolean isAwaited =
        need.urgency() != Urgency.FILL
            || (need.waited() >= Need.LONGEST_WAIT && need.title().connections().isEmpty());
    return isAwaited || state.budget() == 1 ? 0 : 1;
  }

  private static boolean mayOpen(Need need, Matching matching) {
    List<Assignment> running = matching.of(need.title());
    if (!need.isLive() || !need.title().known()) {
      return running.isEmpty();
    }
    if (running.stream().anyMatch(Assignment::isNearlyOver)) {
      // Its end leads to a new decision sooner than another connection could be made.
      return false;
    }
    // One connection besides those that players depend on is enough to complete the title.
    boolean mayGrow = running.size() < USUAL || running.stream().allMatch(Assignment::isLive);
    return mayGrow && running.size() < need.title().most();
  }

  private Action.Open open(Need need, Matching matching) {
    TitleState title = need.title();
    if (!title.known()) {
      return opening(need);
    }
    if (!title.ranges()) {
      return new Action.Open(title.key(), 0, Long.MAX_VALUE);
    }
    long start = start(need);
    long end = Math.min(title.present().nextPresent(start), need.limit());
    for (Assignment serving : matching.of(title)) {
      ConnectionState connection = serving.connection();
      if (connection.position() > start) {
        end = Math.min(end, connection.position());
      }
    }
    return new Action.Open(title.key(), start, end >= title.end() ? Long.MAX_VALUE : end);
  }

  private Action.Open opening(Need need) {
    TitleState title = need.title();
    if (need.isFill()) {
      return new Action.Open(title.key(), 0, need.limit());
    }
    boolean factsOnly = title.demands().stream().allMatch(AccountState.DemandState::factsOnly);
    if (factsOnly) {
      return new Action.Open(title.key(), 0, FACTS_BYTES);
    }
    boolean isFar = need.start() > rangeTeeThreshold;
    return new Action.Open(title.key(), 0, isFar ? BEGINNING_BYTES : Long.MAX_VALUE);
  }

  private static long start(Need need) {
    TitleState title = need.title();
    long nearEnd = title.end() - END_BYTES;
    if (title.total().isEmpty() || need.start() <= nearEnd || nearEnd <= 0) {
      return need.start();
    }
    return Math.max(nearEnd, title.present().presentBefore(need.start()));
  }

  private static Optional<Action> handOver(
      Preemption handOver, Matching matching, List<Need> unmatched) {
    for (Need need : unmatched) {
      if (isPressing(need)) {
        // If the title may not have another connection, only one of its own may be closed.
        List<Assignment> candidates =
            mayOpen(need, matching) ? matching.all() : matching.of(need.title());
        Optional<Assignment> victim = handOver.victim(need, candidates);
        if (victim.isPresent()) {
          return victim.map(
              serving -> new Action.Close(serving.title().key(), serving.connection().id()));
        }
      }
    }
    return surplus(matching);
  }

  private static boolean isPressing(Need need) {
    return switch (need.urgency()) {
      case STARVED -> need.waited() >= DEBOUNCE.toMillis() / 1e3;
      case LOW, AHEAD -> true;
      case FILL -> !need.isFill();
    };
  }

  /** Of a title's connections without readers, one is enough to complete it. */
  private static Optional<Action> surplus(Matching matching) {
    for (Assignment serving : matching.all()) {
      List<Assignment> idle =
          matching.of(serving.title()).stream()
              .filter(other -> !other.hasReaders() && !other.connection().closing())
              .filter(other -> other.connection().ran().isPresent())
              .sorted(Comparator.comparing(Assignment::isFill))
              .toList();
      if (idle.size() > 1) {
        return Optional.of(
            new Action.Close(serving.title().key(), idle.getFirst().connection().id()));
      }
    }
    return Optional.empty();
  }
}
