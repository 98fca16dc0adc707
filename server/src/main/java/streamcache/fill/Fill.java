package streamcache.fill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.fill.AccountState.TitleState;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.range.RangeSet;
import streamcache.store.Generation;
import streamcache.store.Title;

/**
 * One title that somebody wants, within its account: demands, connections, and what the last
 * failure taught. All state is guarded by the account's lock unless said otherwise.
 */
final class Fill {

  /** One connection fills, a second one serves a reader far from it. */
  private static final int MOST_CONNECTIONS = 2;

  private final Title title;
  final List<Demand> demands = new ArrayList<>();
  final List<Connection> connections = new ArrayList<>();
  final List<Pass> passes = new ArrayList<>();

  /** The newest link and agent win: a provider may have changed its mind about the old ones. */
  private Link link;

  private Map<String, String> playerHeaders;

  /** Whether the title is to be completed; a HEAD alone does not ask for that. */
  boolean wanted;

  /** Cleared when an answer shows that ranges of this title do not work or do not fit together. */
  boolean ranges = true;

  /** Reduced to one when the provider refused a second connection beside the first. */
  int most = MOST_CONNECTIONS;

  /** Attempts in a row without a byte. */
  int attempts;

  /** How often in a row the title was given up. */
  int rests;

  /** Monotonic nanoseconds before which nothing is opened. */
  long pausedUntil;

  /** Monotonic nanoseconds before which no byte is fetched that nobody waits for. */
  long refusedUntil;

  /** Why the title rests, while it does. */
  @Nullable Failure resting;

  /** Set while one connection begins a new generation, so that no second one does. */
  boolean renewing;

  Fill(Title title, Link link, Map<String, String> playerHeaders, long now) {
    this.title = title;
    this.link = link;
    this.playerHeaders = playerHeaders;
    this.pausedUntil = now;
    this.refusedUntil = now;
  }

  /** Any thread, no lock. */
  Title title() {
    return title;
  }

  /** Any thread, no lock. */
  Optional<Generation> generation() {
    return title.generation();
  }

  Link link() {
    return link;
  }

  Map<String, String> playerHeaders() {
    return playerHeaders;
  }

  void add(Demand demand, Wish wish) {
    demands.add(demand);
    link = wish.link();
    playerHeaders = wish.playerHeaders();
    wanted |= !wish.factsOnly();
  }

  boolean isComplete() {
    return generation().map(Generation::isComplete).orElse(false);
  }

  boolean isPaused(long now) {
    return pausedUntil - now > 0;
  }

  /** Nobody needs it any more and nothing is remembered about it. */
  boolean isOver(long now) {
    return demands.isEmpty()
        && connections.isEmpty()
        && passes.isEmpty()
        && !isPaused(now)
        && (!wanted || isComplete());
  }

  TitleState state(long now) {
    Optional<Generation> generation = generation();
    List<AccountState.ConnectionState> open = new ArrayList<>();
    connections.forEach(connection -> open.add(connection.state()));
    passes.forEach(pass -> open.add(pass.state()));
    return new TitleState(
        title.key(),
        generation.isPresent(),
        generation.map(Generation::total).orElse(java.util.OptionalLong.empty()),
        generation.map(Generation::present).orElse(RangeSet.EMPTY),
        ranges,
        ranges ? most : 1,
        wanted && refusedUntil - now <= 0,
        isPaused(now),
        demands.stream().filter(demand -> demand.trouble().isEmpty()).map(Demand::state).toList(),
        open);
  }
}
