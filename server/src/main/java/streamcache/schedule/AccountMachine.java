package streamcache.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import streamcache.link.TitleKey;
import streamcache.schedule.AccountState.TitleState;

/**
 * The state and the decisions of one account. The machine receives {@link AccountEvent}s and
 * returns {@link Effect}s. It reads no clock, starts no thread and touches no file or socket, so
 * that the same events at the same times have the same effects.
 *
 * <p>To drive the machine, pass it one event at a time, as each happens, with the time in monotonic
 * nanoseconds. Then carry out the effects in their order, without holding the lock that serializes
 * the events. Report an effect that fails as an event. Call {@link #questions} between events. Not
 * thread-safe.
 */
public final class AccountMachine {

  /** More rounds than this for one event mean that the decision does not settle. */
  private static final int MOST_ROUNDS = 50;

  private final ObservedProvider provider;
  private final Effects effects = new Effects();
  private final Decision decision;
  private final Budget budget;
  private final UpstreamMeter meter;
  private final Outcomes outcomes;
  private final Passes passes;
  private final SideQueries sideQueries;
  private final Reservation reservation = new Reservation();
  private final AccountLessons learned;
  private final TrackedTitles titles;
  private final Map<Long, TrackedDemand> demands = new HashMap<>();
  private final Map<Long, TrackedConnection> connections = new LinkedHashMap<>();
  private long nextConnection;

  /** Set when the limit on all accounts left no slot for a connection; cleared at the next tick. */
  private boolean isWithoutSlot;

  /** Whether the current event has led to a decision. */
  private boolean isSettled;

  private boolean isStopped;

  /** Set when the account is about to be forgotten: it then accepts no further demand. */
  private boolean isForgotten;

  /**
   * @param known what an earlier run learned about the provider
   * @param quiet time since that run last had a connection; empty if that was long ago
   */
  public AccountMachine(
      AccountRules rules,
      ObservedProvider provider,
      Learned known,
      Optional<Duration> quiet,
      long now) {
    this.provider = provider;
    this.decision = new Decision(rules.rangeTeeThreshold());
    this.budget = new Budget(rules.connections(), rules.coolDown(), now);
    budget.remember(known, quiet, now);
    this.meter = new UpstreamMeter(known);
    this.learned =
        new AccountLessons(
            new AccountAgent(provider.agent(), effects),
            new ValidatorTrust(rules.trustsValidators(), provider, effects),
            new RangeRefusals(rules.hasRanges(), provider, effects));
    this.titles = new TrackedTitles(rules, provider, learned, effects);
    this.outcomes =
        new Outcomes(
            budget,
            new Retry(rules.placeWaitMax()),
            learned.ranges(),
            () -> delivering() > 0,
            new Random(rules.seed()),
            effects);
    this.sideQueries = new SideQueries(budget, effects);
    this.passes = new Passes(budget, outcomes, effects);
  }

  /** Handles an event and returns its effects, in the order in which to carry them out. */
  public List<Effect> on(AccountEvent event, long now) {
    isSettled = false;
    switch (event) {
      case AccountEvent.DemandCame came -> came(came, now);
      case AccountEvent.DemandBlocked(long id) -> blocked(demand(id), now);
      case AccountEvent.DemandUnblocked(long id) -> demand(id).blocked(false, now);
      case AccountEvent.DemandResumed(long id) -> demand(id).resume();
      case AccountEvent.DemandLeft(long id) -> left(id, now);
      case AccountEvent.OrderCame came -> titles.ordered(came, now);
      case AccountEvent.OrderLeft(long id) -> titles.orderLeft(id);
      case AccountEvent.ConnectionMade made -> connection(made.connection()).made(made.transfer());
      case AccountEvent.ConnectionWithoutSlot(long id) -> withoutSlot(connection(id), now);
      case AccountEvent.ConnectionCopies(long id) -> connection(id).copies();
      case AccountEvent.ConnectionAnswered(long id, Duration firstByte) ->
          answered(connection(id), firstByte, now);
      case AccountEvent.ConnectionProgressed(long id) -> connection(id).title().retry().progress();
      case AccountEvent.ConnectionMismatched(long id) ->
          connection(id).title().mismatched(connection(id));
      case AccountEvent.ValidatorsDiffered(TitleKey key) ->
          titles.support(key).ifPresent(RangeSupport::validatorsDiffered);
      case AccountEvent.PlaceDoubted(TitleKey key) ->
          titles.support(key).ifPresent(RangeSupport::placeDoubted);
      case AccountEvent.ValidatorsRefuted(TitleKey key) ->
          titles
              .support(key)
              .ifPresentOrElse(RangeSupport::validatorsRefuted, learned.trust()::refuted);
      case AccountEvent.FileDoubted(long id) -> connection(id).title().support().doubt();
      case AccountEvent.FileBegun(long id) -> connection(id).title().begun();
      case AccountEvent.BroadcastBegun(long id) -> connection(id).unlimited();
      case AccountEvent.ConnectionEnded ended -> ended(ended, now);
      case AccountEvent.PassWanted(long id, long demand, ObservedPass observed) -> {
        passes.wanted(id, demand(demand), observed, now);
        settle(now);
      }
      case AccountEvent.PassWithoutSlot(long id) -> {
        passes.withoutSlot(id);
        settle(now);
      }
      case AccountEvent.PassAccepted(long id) -> passes.accepted(id);
      case AccountEvent.PassFailed failed -> {
        passes.failed(failed, now);
        settle(now);
      }
      case AccountEvent.PassDisputed(long id) -> {
        passes.disputed(id, now);
        settle(now);
      }
      case AccountEvent.PassEnded(long id) -> {
        passes.ended(id, now);
        settle(now);
      }
      case AccountEvent.LimitStated(int connections) -> budget.allow(connections);
      case AccountEvent.RulesChanged(AccountRules rules) -> titles.change(rules, budget, now);
      case AccountEvent.SideQueryRefused _ -> sideQueries.refused(now);
      case AccountEvent.SideQueryEnded(boolean hasAsked) -> {
        sideQueries.ended(hasAsked, now);
        outcomes.wakeWhenFree(now);
        settle(now);
      }
      case AccountEvent.TimePassed _ -> settle(now);
      case AccountEvent.Ticked _ -> ticked(now);
      case AccountEvent.Stopped _ -> stopped();
    }
    return effects.take();
  }

  private void came(AccountEvent.DemandCame came, long now) {
    TrackedTitle title = titles.of(came, now);
    TrackedDemand demand = new TrackedDemand(came, title, effects, now);
    demands.put(demand.id(), demand);
    title.add(demand, now);
  }

  private void blocked(TrackedDemand demand, long now) {
    demand.blocked(true, now);
    demand.title().beginsToWait(demand, now);
    // A reader that follows a connection waits at each of its writes. That requires no decision.
    if (!Supply.comesNext(demand.title(), demand.position())) {
      settle(now);
      outcomes.wakeAfter(Decision.DEBOUNCE);
    }
  }

  private void left(long id, long now) {
    TrackedDemand demand = demands.remove(id);
    if (demand != null) {
      reservation.left(demand, budget.nextChange(now), budget.coolDown(now), now);
      demand.title().remove(demand, now);
      titles.retire(isStopped, now);
      // A player that seeks closes one request before it makes the next. A decision in between
      // would cost the provider a connection for nothing.
      outcomes.wakeAfter(Decision.DEBOUNCE);
    }
  }

  private void withoutSlot(TrackedConnection connection, long now) {
    connections.remove(connection.id());
    connection.title().remove(connection, Brought.NOTHING);
    budget.unopened();
    isWithoutSlot = true;
    if (connection.title().demands().isEmpty()) {
      connection.title().retry().crowdedOut(now);
    }
    settle(now);
  }

  private void answered(TrackedConnection connection, Duration firstByte, long now) {
    if (!connection.isCopy()) {
      outcomes.accepted(connection.title(), now);
      meter.answered(firstByte);
    }
    connection.title().answered(connection);
    budget.bears(delivering(), now);
    settle(now);
  }

  private int delivering() {
    return (int) connections.values().stream().filter(TrackedConnection::isOfProvider).count();
  }

  private void ended(AccountEvent.ConnectionEnded ended, long now) {
    TrackedConnection connection = connection(ended.connection());
    TrackedTitle title = connection.title();
    spend(connection.mark());
    connections.remove(connection.id());
    title.remove(connection, ended.brought());
    outcomes.ended(connection, ended, now);
    sideQueries.ends(ended.end(), now);
    if (title.isComplete() && ended.brought().hasChangedTitle()) {
      effects.add(new Effect.TitleCompleted(title.key(), title.stored().total().orElseThrow()));
    }
    effects.add(new Effect.Learn(meter.lessons(budget, now)));
    settle(now);
  }

  private void ticked(long now) {
    isWithoutSlot = false;
    passes.closeIdle(isSomebodyWaiting(), now);
    for (TrackedConnection connection : connections.values()) {
      boolean isLeft = connection.title().demands().isEmpty() && !connection.isClosing();
      if (provider.isCrowded() && isLeft) {
        connection.close();
        connection.title().retry().crowdedOut(now);
      }
      meter.flows(connection.bandwidth(now));
    }
    if (!titles.isEmpty()) {
      settle(now);
    }
  }

  private void stopped() {
    isStopped = true;
    connections.values().forEach(TrackedConnection::close);
    sideQueries.preempt();
  }

  private void spend(long bytes) {
    if (bytes > 0) {
      effects.add(new Effect.Spend(bytes));
    }
  }

  /** Applies decisions until there is nothing more to change. */
  private void settle(long now) {
    titles.retire(isStopped, now);
    if (isStopped) {
      return;
    }
    long spent = 0;
    boolean mayFill = provider.mayFill();
    for (TrackedTitle title : titles.all()) {
      spent += Background.survey(title, mayFill, now);
    }
    spend(spent);
    if (isSomebodyWaiting() && budget.free(now) == 0) {
      sideQueries.preempt();
    }
    passes.open(titles.all(), budget.countsClosed(now), now);
    int rounds = 0;
    List<Action> actions = decision.decide(state(mayFill, now));
    while (!actions.isEmpty()) {
      if (rounds++ == MOST_ROUNDS) {
        throw new IllegalStateException("the decision does not settle: " + actions);
      }
      actions.forEach(action -> apply(action, now));
      actions = decision.decide(state(mayFill, now));
    }
    isSettled = true;
  }

  private void apply(Action action, long now) {
    switch (action) {
      case Action.Open open -> {
        TrackedTitle title = titles.get(open.title());
        TrackedConnection connection = title.open(open, nextConnection++, budget.countsClosed(now));
        connections.put(connection.id(), connection);
        budget.opened();
        reservation.opened(open.title());
      }
      case Action.Admit(TitleKey title) -> titles.get(title).admit();
      case Action.Close close -> connection(close.connection()).close();
    }
  }

  private AccountState state(boolean mayFill, long now) {
    boolean isSecondVain = provider.ignoresRanges();
    List<TitleState> states = new ArrayList<>();
    for (TrackedTitle title : titles.all()) {
      states.add(title.state(mayFill, isSecondVain, now));
    }
    boolean settling =
        budget.isSettling(now)
            || connections.values().stream().anyMatch(TrackedConnection::isClosing);
    return new AccountState(
        meter.state(budget.coolDown(now)),
        budget.most(now),
        free(now),
        settling,
        reservation.title(now),
        states);
  }

  /** Free slots for titles. */
  private int free(long now) {
    int forPasses = passes.beforeTitles(titles.all(), now);
    return isWithoutSlot ? 0 : Math.max(0, budget.free(now) - forPasses);
  }

  private boolean isSomebodyWaiting() {
    return !passes.isNobodyWaiting()
        || demands.values().stream().anyMatch(TrackedDemand::isWaiting);
  }

  // Queries whose result a thread needs before it can continue.

  /** What to do with a whole file that a provider sent in response to a range request. */
  public Whole withoutRanges(long connection, WholeResponse response) {
    return connection(connection).title().withoutRanges(connection(connection), response);
  }

  /** Whether a connection may replace the title's current file with a new one. */
  public boolean mayBegin(long connection) {
    return connection(connection).title().mayBegin();
  }

  /**
   * Takes a slot for a side query, if one is to spare and no player waits for a connection.
   *
   * @return whether its connection must not be kept alive; empty when there is no slot
   */
  public Optional<Boolean> beginSideQuery(SideQueryTurn turn, long now) {
    boolean isWanted = demands.values().stream().anyMatch(TrackedDemand::isWithoutConnection);
    boolean mayBegin = !isStopped && !isForgotten && !isWanted && passes.isNobodyWaiting();
    boolean isWatched = !demands.isEmpty() || reservation.title(now).isPresent();
    return mayBegin && sideQueries.begins(turn, isWatched, now)
        ? Optional.of(budget.countsClosed(now))
        : Optional.empty();
  }

  /** Whether the account has no state to keep. If so, it accepts no further demand. */
  public boolean forget(long now) {
    isForgotten = titles.isEmpty() && budget.isQuiet(now);
    return isForgotten;
  }

  public boolean isForgotten() {
    return isForgotten;
  }

  /** Whether no connection is open. */
  public boolean isIdle() {
    return connections.isEmpty();
  }

  /** Queries for playbacks, to be called between two events. They change nothing. */
  public Questions questions() {
    return new Questions(this, learned, sideQueries);
  }

  Budget budget() {
    return budget;
  }

  /** Whether a connection for a title could be opened now. */
  boolean hasFreeSlot(long now) {
    return !isStopped && free(now) > 0;
  }

  /** Whether all decisions that follow from the last event have been made. */
  boolean isSettled() {
    return isSettled;
  }

  Reservation reservation() {
    return reservation;
  }

  Collection<TrackedTitle> titles() {
    return titles.all();
  }

  TrackedDemand demand(long id) {
    return Objects.requireNonNull(demands.get(id), () -> "no such demand: " + id);
  }

  private TrackedConnection connection(long id) {
    return Objects.requireNonNull(connections.get(id), () -> "no such connection: " + id);
  }
}
