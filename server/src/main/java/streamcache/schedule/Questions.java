package streamcache.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;

/** Queries of waiting playbacks to an account. The results reflect the current moment only. */
public final class Questions {

  private final AccountMachine machine;
  private final AccountLessons learned;
  private final SideQueries sideQueries;

  Questions(AccountMachine machine, AccountLessons learned, SideQueries sideQueries) {
    this.machine = machine;
    this.learned = learned;
    this.sideQueries = sideQueries;
  }

  /** Whether a connection of the title is open. */
  public boolean isFetched(TitleKey key) {
    return machine.titles().stream()
        .anyMatch(title -> title.key().equals(key) && !title.connections().isEmpty());
  }

  /** The number of titles that are wanted, fetched, resting, or waiting to be completed. */
  public int titles() {
    return machine.titles().size();
  }

  /** What the validators of the account's responses are taken to show. */
  public ValidatorUse validators() {
    return learned.trust().use();
  }

  /** Whether the account's requests carry a Range. */
  public boolean sendsRange() {
    return learned.ranges().sendsRange();
  }

  /** Whether a connection that already delivers bytes will deliver the one at the position. */
  public boolean isServed(long demand) {
    TrackedDemand asked = machine.demand(demand);
    return Supply.comes(asked.title(), asked.position());
  }

  /**
   * Whether the bytes that the demand waits for were requested from a provider that has not yet
   * sent one.
   */
  public boolean isProviderSilent(long demand) {
    TrackedDemand asked = machine.demand(demand);
    return !asked.isOut() && Supply.isSilent(asked.title(), asked.position());
  }

  /**
   * Whether the demand is held because the bandwidth does not suffice for it and those that are
   * already playing.
   */
  public boolean isHeld(long demand) {
    TrackedDemand asked = machine.demand(demand);
    return !asked.title().isAdmitted() && asked.isMissing();
  }

  /**
   * Whether a connection for the demand will come within {@code within} without further action: one
   * is open, the provider has said when to retry, or one of our own slots becomes free. A provider
   * that refuses while none of our connections is open or counted has another reason, which waiting
   * does not change.
   */
  public boolean isInSight(long demand, Duration within, long now) {
    TrackedDemand asked = machine.demand(demand);
    TrackedTitle title = asked.title();
    if (asked.isOut()) {
      return false;
    }
    boolean isAboutToOpen = machine.hasFreeSlot(now) && !title.isPaused(now);
    if (title.isBrought() || isAboutToOpen) {
      return true;
    }
    if (title.isPaused(now + within.toNanos())) {
      return false;
    }
    return title.retry().isAskedToWait(now) || isSlotInSight(within, now);
  }

  private boolean isSlotInSight(Duration within, long now) {
    Budget budget = machine.budget();
    boolean isOurs =
        budget.cooling(now) > 0 || machine.titles().stream().anyMatch(TrackedTitle::isBrought);
    double seconds = within.toNanos() / 1e9;
    return isOurs
        && (budget.isFreeWithin(within.toNanos(), now)
            || machine.titles().stream()
                .flatMap(title -> title.connections().stream())
                .anyMatch(connection -> connection.isOverWithin(seconds, now)));
  }

  /** Why the demand has waited without result, as far as known here. */
  public Failure excuse(long demand, long now) {
    TrackedTitle title = machine.demand(demand).title();
    if (title.refusal().isPresent()) {
      return excuse(title.refusal().get().failure());
    }
    List<TrackedTitle> others = machine.titles().stream().filter(other -> other != title).toList();
    if (isHeld(demand) && others.stream().anyMatch(other -> !other.demands().isEmpty())) {
      return new Failure.Occupied(OptionalInt.empty(), "the line carries no further film now");
    }
    if (!title.connections().isEmpty() || machine.budget().free(now) > 0) {
      return noAnswer();
    }
    String detail = "all connections of the account are in use";
    return others.stream().anyMatch(TrackedTitle::isBrought)
        ? new Failure.Occupied(OptionalInt.empty(), detail)
        : new Failure.Limit(OptionalInt.empty(), detail, Optional.empty());
  }

  /** A provider that refuses one more beside a connection of ours may mean just that. */
  private Failure excuse(Failure refusal) {
    boolean isOurs =
        machine.titles().stream()
            .flatMap(title -> title.connections().stream())
            .anyMatch(TrackedConnection::hasAnswered);
    return refusal instanceof Failure.Limit && isOurs
        ? new Failure.Occupied(refusal.upstreamStatus(), refusal.detail())
        : refusal;
  }

  private static Failure noAnswer() {
    return new Failure.Slow(OptionalInt.empty(), "no answer within the time a player waits");
  }

  /**
   * The name of the oldest title other than {@code butThis} that players wait for, or else of one
   * that is being fetched.
   */
  public Optional<String> firstInLine(TitleKey butThis) {
    List<TrackedTitle> others =
        machine.titles().stream().filter(title -> !title.key().equals(butThis)).toList();
    return others.stream()
        .filter(title -> !title.demands().isEmpty())
        .findFirst()
        .or(() -> others.stream().filter(TrackedTitle::isBrought).findFirst())
        .map(title -> title.context().name());
  }

  /** Whether the last side query was cancelled, for a player or because the account stops. */
  public boolean isSideQueryPreempted() {
    return sideQueries.isPreempted();
  }

  /** Whether other connections were open when the last side query began. */
  public boolean isSideQueryBesideOthers() {
    return sideQueries.isBesideOthers();
  }

  /** The account at this moment, for people. */
  public AccountStatus status(long now) {
    Budget budget = machine.budget();
    return new AccountStatus(
        budget.most(now),
        budget.active(),
        budget.cooling(now),
        budget.held(now),
        machine.titles().stream().map(title -> TitleStatus.of(title, now)).toList());
  }

  /** How long the provider counts a closed connection, as far as known. */
  public Duration coolDown(long now) {
    return machine.budget().coolDown(now);
  }

  /**
   * Whether a title is tracked, or a connection may be open or counted, or was closed so short a
   * time ago that it may be.
   */
  public boolean isBusy(long now) {
    return !machine.titles().isEmpty() || !machine.budget().isQuiet(now);
  }

  /** Whether time alone changes nothing: no title is tracked and no connection is open. */
  public boolean isAtRest() {
    return machine.titles().isEmpty() && machine.isIdle();
  }
}
