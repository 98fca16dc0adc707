package streamcache.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountState.Claim;
import streamcache.schedule.AccountState.ConnectionState;
import streamcache.schedule.AccountState.TitleState;

/**
 * One title as seen by its account's machine: its demands, connections, passes, and what the last
 * failure taught.
 */
final class TrackedTitle {

  private final TitleKey key;
  private final ObservedTitle stored;
  private final Supplier<AccountRules> rules;
  private final Effects effects;
  private final WatchTime watch;
  private final RetryState retry;
  private final AnswerSize answerSize = new AnswerSize();
  private final RangeSupport support;
  private final Completion completion;
  private final RequestContext context;
  private final List<TrackedDemand> demands = new ArrayList<>();
  private final List<TrackedConnection> connections = new ArrayList<>();

  /** The passes that have a slot. */
  private final List<TrackedPass> passes = new ArrayList<>();

  /** The position of the player that left last. */
  private long leftAt;

  /** Set while one connection begins a new generation, so that no second one does. */
  private boolean isRenewing;

  /**
   * @param rules the settings of the account at the time
   * @param lessons what the account has learned
   * @param retry the failure history of the title
   */
  TrackedTitle(
      AccountEvent.Wanted first,
      Supplier<AccountRules> rules,
      AccountLessons lessons,
      RetryState retry,
      Effects effects,
      long now) {
    this.key = first.title();
    this.stored = first.stored();
    this.rules = rules;
    this.effects = effects;
    this.completion = new Completion(() -> rules.get().completeAfter(), effects);
    this.support = new RangeSupport(lessons.trust(), lessons.ranges(), now);
    this.context =
        new RequestContext(
            first.terms(),
            () -> demands.stream().map(TrackedDemand::terms),
            rules.get().namesAgent(),
            lessons.agent());
    this.retry = retry;
    this.watch = new WatchTime(now);
  }

  TitleKey key() {
    return key;
  }

  ObservedTitle stored() {
    return stored;
  }

  List<TrackedDemand> demands() {
    return demands;
  }

  List<TrackedConnection> connections() {
    return connections;
  }

  List<TrackedPass> passes() {
    return passes;
  }

  RetryState retry() {
    return retry;
  }

  RangeSupport support() {
    return support;
  }

  RequestContext context() {
    return context;
  }

  Completion completion() {
    return completion;
  }

  RequestTerms terms(boolean closes) {
    return context.terms(support, closes);
  }

  void add(TrackedDemand demand, long now) {
    watch.comes(now);
    demands.add(demand);
    if (context.isWidenedBy(demand.terms())) {
      retry.pardonForbidden(now);
    }
    if (context.mayTry(demand.terms().agent(), now)) {
      retry.pardonRefused(now);
    }
    demand.terms().visit().ifPresent(completion::want);
    beginsToWait(demand, now);
  }

  /** The player of a demand has left. */
  void remove(TrackedDemand demand, long now) {
    leftAt = demand.position();
    demands.remove(demand);
    watch.leaves(now);
    completion.left(demand.watched());
  }

  /**
   * A title that rests after a failure fails its players at once: their burst is one attempt. Where
   * the store has just refused nearly everything, no connection is spent on confirming it.
   */
  void beginsToWait(TrackedDemand demand, long now) {
    if (demand.isWaiting()) {
      retry.asked(now);
    }
    retry.resting(now).ifPresent(failure -> tell(demand, failure));
    boolean isRefused = stored.isKnown() && connections.isEmpty() && retry.storeRefuses(now);
    if (isRefused && demand.isWaiting()) {
      demand.passStore();
    }
  }

  /** The title has failed; a viewer keeps waiting, unless there is nothing to wait for. */
  private void tell(TrackedDemand demand, Failure failure) {
    if (retry.isExhausted()) {
      demand.fail(failure);
    } else {
      demand.failUnlessItRides(failure);
    }
  }

  /** The title has failed for the demands that wait at or after {@code from}. */
  void tellWaiting(Failure failure, long from) {
    completion.orders().fail(failure);
    demands.stream()
        .filter(demand -> demand.isBlocked() && demand.position() >= from)
        .forEach(demand -> tell(demand, failure));
  }

  TrackedConnection open(Action.Open open, long id, boolean closes) {
    ByteRange range = new ByteRange(open.start(), open.end());
    TrackedConnection connection = new TrackedConnection(id, this, range, terms(closes), effects);
    connections.add(connection);
    boolean isMissed = demands.stream().anyMatch(TrackedDemand::isBlocked);
    FetchPurpose purpose =
        FetchPurpose.of(!demands.isEmpty(), isWorthCompleting(), stored.isKnown(), isMissed);
    effects.add(
        new Effect.Open(
            id, key, range, answerSize.overlap(), connection.terms(), support, purpose));
    return connection;
  }

  /** The connection has received its first bytes. */
  void answered(TrackedConnection connection) {
    connection.answered();
    for (TrackedConnection other : connections) {
      // Not before the first byte: if the connection is refused, the others must continue past its
      // start.
      if (other != connection && other.position() <= connection.start()) {
        other.limit(connection.start());
      }
    }
    if (!connection.isCopy()) {
      context.accepted(connection.terms().agent());
      retry.accepted();
      support.answered(connection.terms(), connection.isUnconditionalRange());
    }
  }

  /** The request of a pass was accepted. */
  void accepted(RequestTerms terms) {
    context.accepted(terms.agent());
    support.accepted(terms);
  }

  /** The connection has ended, or was never made. */
  void remove(TrackedConnection connection, Brought brought) {
    connections.remove(connection);
    if (!connection.isClosing()) {
      brought.cutShortAt().ifPresent(answerSize::endedShort);
    }
    isRenewing = false;
    if (brought.stored() >= Supply.NEXT_BYTES) {
      retry.storeTook();
    }
    if (connections.isEmpty()) {
      support.allEnded();
    }
  }

  /**
   * The connection's bytes differ from the stored ones where they overlap. If another connection is
   * running, it stays the only source; otherwise the title starts over.
   */
  void mismatched(TrackedConnection connection) {
    support.mismatched(isAlone());
    Failure changed = new Failure.Changed(OptionalInt.empty(), "the bytes differ");
    // Nobody may follow what it delivered: nothing yet, where it overlaps the bytes before.
    long end = Math.max(connection.start(), connection.position());
    ByteRange withdrawn = new ByteRange(connection.start(), end);
    demands.stream()
        .filter(demand -> withdrawn.contains(demand.position()))
        .forEach(demand -> demand.fail(changed));
  }

  /** The provider ignored the requested range, and the connection delivers the whole file. */
  Whole withoutRanges(TrackedConnection connection, WholeResponse response) {
    if (support.asksAgain(response)) {
      return Whole.ASK_AGAIN;
    }
    connection.isWhole();
    support.ignoresRanges();
    boolean isSecond =
        connections.stream()
            .anyMatch(other -> other != connection && other.hasAnswered() && !other.isClosing());
    if (isSecond) {
      return Whole.SUPERFLUOUS;
    }
    if (!completion.isWanted()) {
      return Whole.FACTS;
    }
    connection.unlimited();
    return Whole.TO_THE_END;
  }

  /** Whether a connection may begin a new generation, which replaces the current one, if any. */
  boolean mayBegin() {
    if (stored.isKnown() && !isAlone()) {
      support.differsEachTime();
      return false;
    }
    if (isRenewing) {
      return false;
    }
    isRenewing = true;
    return true;
  }

  void begun() {
    isRenewing = false;
    support.begun();
  }

  /** Whether the connection in question is the only one. */
  private boolean isAlone() {
    return connections.size() == 1 && passes.isEmpty();
  }

  /**
   * The store refused the bytes of a connection.
   *
   * @param atOnce whether it accepted hardly any of them
   * @return for how long the title is not filled
   */
  Duration storeRefused(boolean atOnce, long now) {
    completion.orders().storeRefused();
    if (atOnce) {
      demands.stream()
          .filter(demand -> demand.isBlocked() && !demand.isOut())
          .forEach(TrackedDemand::passStore);
    }
    return retry.storeRefused(atOnce, now);
  }

  boolean isComplete() {
    OptionalLong total = stored.total();
    return stored.isKnown()
        && total.isPresent()
        && stored.present().presentUntil(0) >= total.getAsLong();
  }

  boolean isPaused(long now) {
    return retry.isPaused(now);
  }

  /** Whether any of it is being fetched. */
  boolean isBrought() {
    return !connections.isEmpty() || !passes.isEmpty();
  }

  /** Whether it has no demands and orders, is not being fetched and is not paused. */
  boolean isLeft(long now) {
    boolean isUnwanted = demands.isEmpty() && completion.orders().isEmpty();
    return isUnwanted && !isBrought() && !isPaused(now);
  }

  /**
   * Whether nobody needs it any more and it is not to be completed. A title of which nothing is
   * known is not completed unless it is requested again.
   */
  boolean isOver(long now) {
    return isLeft(now) && (!isWorthCompleting() || isComplete() || !stored.isKnown());
  }

  /** Whether the rest of the title may be fetched now although nobody needs it soon. */
  boolean isToBeCompleted(boolean mayFill) {
    return isWorthCompleting() && mayFill;
  }

  /** Whether a broadcast is still received although its last viewer has left. */
  boolean isAwaitedBack(long now) {
    return stored.isBroadcast() && watch.isJustLeft(now);
  }

  /** Whether enough of it has been watched. Nothing of a broadcast is kept. */
  private boolean isWorthCompleting() {
    long playing = demands.stream().mapToLong(TrackedDemand::watched).sum();
    return !stored.isBroadcast() && completion.isWorthIt(stored.total(), playing);
  }

  /** Whether any range of it can be requested by itself, as far as known. */
  boolean isSeekable() {
    return hasRanges() && !support.isDoubted() && stored.isKnown();
  }

  boolean hasRanges() {
    return support.hasRanges() && !stored.isBroadcast();
  }

  /** Admits its players: the bandwidth suffices for them. */
  void admit() {
    watch.admit();
  }

  boolean isAdmitted() {
    // A broadcast takes its bandwidth in any case.
    return rules.get().sharesBandwidth() || stored.isBroadcast() || watch.isAdmitted();
  }

  /** The bandwidth of the fastest of its players, who share its bytes. */
  private double claims(long now) {
    double rate = 0;
    for (TrackedDemand demand : demands) {
      rate = Math.max(rate, demand.claims(now));
    }
    return isAdmitted() && !isComplete() ? watch.claims(rate, now) : rate;
  }

  Optional<Refusal> refusal() {
    return retry.refusal();
  }

  /**
   * @param isSecondVain whether a second connection would deliver the same bytes again
   */
  TitleState state(boolean mayFill, boolean isSecondVain, long now) {
    boolean mayComplete = isToBeCompleted(mayFill);
    // The positions of the connections are read before the present ranges. Otherwise bytes that a
    // connection has just passed would look like a hole behind it.
    List<ConnectionState> running = new ArrayList<>(connections.size());
    for (TrackedConnection connection : connections) {
      running.add(connection.state(now));
    }
    boolean isKnown = stored.isKnown();
    boolean mayFetch = mayFill && !retry.isFillAtRest(now);
    return new TitleState(
        key,
        isKnown && !support.isDoubted(),
        stored.total(),
        stored.present(),
        hasRanges(),
        hasRanges() && !isSecondVain && !retry.isAlone(now) ? Integer.MAX_VALUE : 1,
        mayFetch
            ? completion.next(isWorthCompleting(), isKnown && !support.isDoubted(), stored)
            : Optional.empty(),
        watch.lasted(now),
        new Claim(isAdmitted(), claims(now)),
        demands.isEmpty() ? leftAt : demands.getLast().position(),
        isPaused(now) || (isKnown && retry.storeRefuses(now)),
        Background.met(this, mayComplete, now),
        running);
  }
}
