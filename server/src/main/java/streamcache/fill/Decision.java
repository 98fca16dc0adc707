package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.TitleState;
import streamcache.link.TitleKey;

/**
 * Which connections to open and close: a pure function of the account's state, asked again at every
 * event and every quarter of a second.
 *
 * <p>Each need goes to a running connection that comes to it soon. What is left gets a free
 * connection, the most urgent first. When none is free, a player who stands still may have that of
 * one who can spare it ({@link HandOver}). Nothing is closed because somebody left: what nobody
 * needs goes on completing its title until its place is wanted. A title that the line does not
 * carry beside those that play does not begin ({@link Admission}).
 */
public final class Decision {

  /** A HEAD of an unknown title costs this much upstream; enough to tell a container. */
  static final long FACTS_BYTES = 64 * 1024;

  /**
   * What is fetched of an unknown title before a stretch far from its beginning: enough to tell
   * whether it is a film at all, and over before the player notices.
   */
  static final long BEGINNING_BYTES = 4 * 1024;

  /** Whoever looks at the very end soon looks a little before it, too. */
  private static final long END_BYTES = 256 * 1024;

  /** Connections of a title that are not worth a second look. */
  private static final int USUAL = 2;

  /** A player that jumps about settles within this. */
  public static final Duration DEBOUNCE = Duration.ofMillis(200);

  private final long rangeTeeThreshold;

  /**
   * @param rangeTeeThreshold in bytes: an opening request up to here starts the title from 0, one
   *     beyond gets its own stretch first; and no more than this is read over to get to a player
   */
  public Decision(long rangeTeeThreshold) {
    this.rangeTeeThreshold = rangeTeeThreshold;
  }

  /** The steps to take now; each event asks again with what they have changed. */
  public List<Action> decide(AccountState before) {
    Set<TitleKey> admitted = Admission.of(before);
    List<Action> actions = new ArrayList<>();
    admitted.forEach(title -> actions.add(new Action.Admit(title)));
    AccountState state = Admission.admit(before, admitted);
    List<Need> unmatched = new ArrayList<>();
    Matching matching = new Matching(state, rangeTeeThreshold);
    int free = state.free();
    boolean spare = free > 0;
    // Those of a paused title may live on what runs, and get nothing new.
    List<Need> needs =
        Need.of(state).stream()
            .filter(need -> !matching.serve(need, spare) && !need.title().paused())
            .toList();
    Precedence precedence = new Precedence(state, matching, needs);
    for (Need need : precedence.firstComeFirst(needs)) {
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
      handOver(new HandOver(state.line(), precedence), matching, unmatched).ifPresent(actions::add);
    }
    return actions;
  }

  /** The last place is kept for whoever comes next; the only one is not. */
  private static int reserve(Need need, AccountState state) {
    return need.urgency() == Urgency.FILL && state.budget() > 1 ? 1 : 0;
  }

  private static boolean mayOpen(Need need, Matching matching) {
    List<Serving> running = matching.of(need.title());
    if (!need.isLive() || !need.title().known()) {
      return running.isEmpty();
    }
    if (running.stream().anyMatch(Serving::isNearlyOver)) {
      // Its end asks again, sooner than another could be made.
      return false;
    }
    // A second one beside what players live on is enough to complete it.
    boolean mayGrow = running.size() < USUAL || running.stream().allMatch(Serving::isLive);
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
    long end = title.present().nextPresent(start);
    for (Serving serving : matching.of(title)) {
      ConnectionState connection = serving.connection();
      if (connection.position() > start) {
        end = Math.min(end, connection.position());
      }
    }
    return new Action.Open(title.key(), start, end >= title.end() ? Long.MAX_VALUE : end);
  }

  private Action.Open opening(Need need) {
    TitleState title = need.title();
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
      HandOver handOver, Matching matching, List<Need> unmatched) {
    for (Need need : unmatched) {
      if (isPressing(need)) {
        // Where the title may have no further one, only one of its own makes way.
        List<Serving> candidates =
            mayOpen(need, matching) ? matching.all() : matching.of(need.title());
        Optional<Serving> victim = handOver.victim(need, candidates);
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

  /** Of a title's connections that nobody reads, one is enough to complete it. */
  private static Optional<Action> surplus(Matching matching) {
    for (Serving serving : matching.all()) {
      List<Serving> idle =
          matching.of(serving.title()).stream()
              .filter(other -> !other.hasReaders() && !other.connection().closing())
              .filter(other -> other.connection().ran().isPresent())
              .sorted(Comparator.comparing(Serving::isFill))
              .toList();
      if (idle.size() > 1) {
        return Optional.of(
            new Action.Close(serving.title().key(), idle.getFirst().connection().id()));
      }
    }
    return Optional.empty();
  }
}
