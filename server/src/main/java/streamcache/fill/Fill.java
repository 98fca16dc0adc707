package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.fill.AccountState.Claim;
import streamcache.fill.AccountState.TitleState;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderRules;
import streamcache.store.Generation;
import streamcache.store.Title;

/**
 * One title that somebody wants, within its account: demands, connections, and what the last
 * failure taught. All state is guarded by the account's lock unless said otherwise.
 */
final class Fill {

  /** A few writes of a connection. */
  private static final long NEXT_BYTES = 1 << 20;

  private final Title title;
  private final HeadLook headLook = new HeadLook();
  private final Watch watch;
  private final Setbacks setbacks;
  private final Belief belief;
  private final Completion completion;
  private final Mandate mandate;
  private final boolean sharesLine;
  final List<Demand> demands = new ArrayList<>();
  final List<Connection> connections = new ArrayList<>();
  final List<Pass> passes = new ArrayList<>();

  /** Set while one connection begins a new generation, so that no second one does. */
  private boolean renewing;

  /**
   * @param rules what is set for the provider
   */
  Fill(Title title, Wish first, ProviderRules rules, long now) {
    this.title = title;
    this.completion = new Completion(rules.fills().completeAfter());
    this.sharesLine = rules.admission() == FillSettings.Admission.SHARE;
    this.belief = new Belief(rules.request().hasRanges());
    this.mandate = new Mandate(first);
    this.setbacks = new Setbacks(now);
    this.watch = new Watch(now);
  }

  /** Any thread, no lock. */
  Title title() {
    return title;
  }

  /** Any thread, no lock. */
  Optional<Generation> generation() {
    return title.generation();
  }

  /** Any thread, no lock. */
  HeadLook headLook() {
    return headLook;
  }

  /**
   * The request for {@code [start, end)}.
   *
   * @param end Long.MAX_VALUE: the end of the file
   * @param closes whether the connection may not wait for another request
   */
  Fetch fetch(long start, long end, boolean closes) {
    Optional<String> validator =
        generation()
            .filter(_ -> !belief.isDoubted())
            .map(Generation::facts)
            .flatMap(facts -> facts.strongValidator().or(facts::lastModified));
    return mandate.fetch(start, end, validator, closes);
  }

  /** {@code stretch}, and the stored bytes on either side that have to be compared. */
  ByteRange compared(ByteRange stretch) {
    return generation()
        .filter(_ -> !belief.isDoubted())
        .map(known ->
            new ByteRange(Seam.begin(known, stretch.start()), Seam.end(known, stretch.end())))
        .orElse(stretch);
  }

  void add(Demand demand, Wish wish, long now) {
    watch.comes(now);
    demands.add(demand);
    if (mandate.isWidenedBy(wish)) {
      setbacks.pardonForbidden(now);
    }
    if (!wish.factsOnly()) {
      completion.want();
    }
  }

  /** The player of a demand is gone. */
  void remove(Demand demand, long now) {
    if (demands.remove(demand)) {
      watch.leaves(now);
      completion.left(demand.watched());
    }
  }

  /** The provider has another file now. */
  void doubt() {
    belief.doubt();
  }

  /**
   * What the connection brings is not what is stored where both meet. Beside a running connection
   * that one stays the only source; else the title begins anew.
   */
  void mismatched(Connection connection) {
    belief.mismatched(isAlone());
    Failure changed = new Failure.Changed(OptionalInt.empty(), "the bytes differ");
    for (Demand demand : demands) {
      if (demand.position() >= connection.start() && demand.position() < connection.position()) {
        // It has got bytes that are taken back: none of the others may follow them.
        demand.trouble(new Trouble.Failed(changed));
      }
    }
  }

  /** Any thread, no lock: whether the next answer begins a new generation, whatever its head. */
  boolean isMixed() {
    return belief.isMixed();
  }

  boolean isComplete() {
    return generation().map(Generation::isComplete).orElse(false);
  }

  boolean isPaused(long now) {
    return setbacks.isPaused(now);
  }

  /** Whether it only waits for its turn, with nobody waiting for it. */
  boolean isLeft(long now) {
    return demands.isEmpty() && connections.isEmpty() && passes.isEmpty() && !isPaused(now);
  }

  /**
   * Nobody needs it any more and nothing is remembered about it. A title of which nothing is known
   * is not completed unless somebody asks for it again.
   */
  boolean isOver(long now) {
    boolean isKnown = generation().isPresent();
    return isLeft(now) && (!isWorthCompleting() || isComplete() || !isKnown);
  }

  /** Whether the rest of the title may be fetched now though nobody needs it soon. */
  boolean isToBeCompleted(FillGate gate) {
    return isWorthCompleting() && gate.isOpen();
  }

  /** Whether anybody has watched enough of it. */
  private boolean isWorthCompleting() {
    OptionalLong total = generation().map(Generation::total).orElse(OptionalLong.empty());
    return completion.isWorthIt(total, demands.stream().mapToLong(Demand::watched).sum());
  }

  /** Whether bytes from anywhere in it can be had by themselves, as far as is known. */
  boolean isSeekable() {
    return belief.hasRanges() && !belief.isDoubted() && generation().isPresent();
  }

  /** Any thread, no lock: a hint for when to stop reading over present bytes. */
  boolean hasRanges() {
    return belief.hasRanges();
  }

  /** The provider ignored the range of the connection, which brings the whole. */
  Whole withoutRanges(Connection connection) {
    belief.ignoresRanges();
    boolean isSecond =
        connections.stream()
            .anyMatch(other -> other != connection && other.hasAnswered() && !other.isClosing());
    return isSecond ? Whole.SUPERFLUOUS : completion.isWanted() ? Whole.TO_THE_END : Whole.FACTS;
  }

  /** Whether anything of it is being fetched. */
  boolean isBrought() {
    return !connections.isEmpty() || !passes.isEmpty();
  }

  /** As people know it. */
  String name() {
    return mandate.name();
  }

  /** The line carries its players. */
  void admit() {
    watch.admit();
  }

  boolean isAdmitted() {
    return sharesLine || watch.isAdmitted();
  }

  /** They share its bytes, so the fastest counts. */
  private double claims(long now) {
    double rate = demands.stream().mapToDouble(demand -> demand.claims(now)).max().orElse(0);
    return isAdmitted() && !isComplete() ? watch.claims(rate, now) : rate;
  }

  /** Whether a connection that brings bytes will come to {@code position}. */
  boolean isServed(long position) {
    return connections.stream()
        .anyMatch(connection -> connection.hasAnswered() && connection.position() <= position);
  }

  /** Whether a connection that brings bytes will bring those at {@code position} next. */
  boolean comesTo(long position) {
    return connections.stream()
        .anyMatch(connection ->
            connection.hasAnswered()
                && !connection.isClosing()
                && connection.position() <= position
                && position < connection.limit()
                && position - connection.position() <= NEXT_BYTES);
  }

  /** A title that rests after a failure fails its players at once: their burst is one attempt. */
  void failIfResting(Demand demand, long now) {
    setbacks.resting(now).ifPresent(demand::failed);
  }

  /** Where the store has just refused nearly all, no connection is spent to see it again. */
  void passIfStoreRefuses(Demand demand, long now) {
    boolean isKnown = generation().isPresent();
    if (isKnown && connections.isEmpty() && setbacks.storeRefuses(now) && demand.isWaiting()) {
      demand.trouble(new Trouble.StoreRefuses());
    }
  }

  /** Whether a connection may put a new generation in the place of the present one, if any. */
  boolean mayBegin() {
    if (generation().isPresent() && !isAlone()) {
      belief.differsEachTime();
      return false;
    }
    if (renewing) {
      return false;
    }
    renewing = true;
    return true;
  }

  void begun() {
    renewing = false;
    belief.begun();
  }

  /** Whether the connection that asks is the only one. */
  private boolean isAlone() {
    return connections.size() == 1 && passes.isEmpty();
  }

  /** The connection has brought its first bytes. */
  void answered(Connection connection) {
    connection.answered();
    for (Connection other : connections) {
      // Not before it answers: one that is refused leaves the others to go on past its start.
      if (other != connection && other.position() <= connection.start()) {
        other.limit(connection.start());
      }
    }
    setbacks.forget();
    belief.answered();
  }

  /** What the provider said when it refused the title, while it has not accepted it since. */
  Optional<Refusal> refusal() {
    return setbacks.refusal();
  }

  /**
   * A connection, removed before, was refused, maybe only because of other connections.
   *
   * @return how long the title is left alone; empty when it has been refused so often that the
   *     reason must be another
   */
  Optional<Duration> refused(Refusal now, boolean isClosedToBlame, long at) {
    return setbacks.refused(now, isClosedToBlame || generation().isPresent(), at);
  }

  /** The connection is over. */
  void remove(Connection connection) {
    connections.remove(connection);
    renewing = false;
    if (connection.stored() >= NEXT_BYTES) {
      setbacks.storeTook();
    }
    if (connections.isEmpty()) {
      belief.allEnded();
    }
  }

  /** The connection, removed before, has failed. */
  Verdict failed(Connection connection, Failure failure, long now) {
    if (!connections.isEmpty()) {
      setbacks.failedBesideAnother(now);
      return new Verdict.GoOn();
    }
    if (failure instanceof Failure.OutOfRange && generation().isEmpty()) {
      // Only whoever asked beyond the end is told: the title itself is well.
      fail(failure, connection.start());
      return new Verdict.GoOn();
    }
    if (failure instanceof Failure.OutOfRange outOfRange && isShorter(outOfRange)) {
      belief.shortened();
      return new Verdict.Pause(Duration.ZERO);
    }
    if (failure instanceof Failure.Changed && belief.isDoubted()) {
      forgetUnlessPlayed();
      return new Verdict.Pause(Duration.ZERO);
    }
    boolean hasBrought = connection.stored() > 0;
    boolean isRidden = demands.stream().anyMatch(demand -> demand.rides(failure));
    Verdict verdict = setbacks.failed(failure, hasBrought, generation().isPresent(), isRidden, now);
    if (verdict instanceof Verdict.GiveUp) {
      forgetUnlessPlayed();
      fail(failure, /* from= */ 0);
    }
    return verdict;
  }

  private void forgetUnlessPlayed() {
    if (demands.isEmpty()) {
      completion.forget();
    }
  }

  /** The file ends before what is stored of it does; one that merely refuses is asked again. */
  private boolean isShorter(Failure.OutOfRange failure) {
    OptionalLong known = generation().map(Generation::total).orElse(OptionalLong.empty());
    return failure.total().isPresent() && !failure.total().equals(known);
  }

  private void fail(Failure failure, long from) {
    for (Demand demand : demands) {
      if (demand.blocked() && demand.position() >= from) {
        demand.failed(failure);
      }
    }
  }

  /** The store would not take what was brought; how long the title is not completed for that. */
  Duration refused(Connection connection, long now) {
    boolean atOnce = connection.stored() < NEXT_BYTES;
    if (atOnce) {
      demands.stream()
          .filter(Demand::blocked)
          .forEach(demand -> demand.trouble(new Trouble.StoreRefuses()));
    }
    return setbacks.storeRefused(atOnce, now);
  }

  /**
   * @param isSecondVain whether a second connection would bring the same again
   */
  TitleState state(FillGate gate, boolean isSecondVain, long now) {
    boolean mayComplete = isToBeCompleted(gate);
    // First where the connections are, then what is present: what they have passed must not look
    // like a hole behind them.
    List<AccountState.ConnectionState> running =
        connections.stream().map(connection -> connection.state(now)).toList();
    Optional<Generation> generation = generation();
    return new TitleState(
        title.key(),
        generation.isPresent() && !belief.isDoubted(),
        generation.map(Generation::total).orElse(OptionalLong.empty()),
        generation.map(Generation::present).orElse(RangeSet.EMPTY),
        belief.hasRanges(),
        belief.hasRanges() && !isSecondVain && !setbacks.isAlone(now) ? Integer.MAX_VALUE : 1,
        mayComplete && !setbacks.isStoreAtRest(now),
        watch.lasted(now),
        new Claim(isAdmitted(), claims(now)),
        isPaused(now) || (generation.isPresent() && setbacks.storeRefuses(now)),
        demands.stream()
            .filter(demand -> demand.trouble().isEmpty())
            .filter(demand -> mayComplete || !Background.hasPlenty(this, demand))
            .map(demand -> demand.state(now))
            .toList(),
        running);
  }
}
