package streamcache.fill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.store.Generation;
import streamcache.store.Title;

/**
 * Everything fetched from one account, as playbacks see it: they come in on their own threads,
 * change the {@link Ledger} and have the {@link Dispatcher} decide anew.
 */
final class Account {

  private final Source source;
  private final Ledger ledger;
  private final Places places;
  private final Dispatcher dispatcher;

  /**
   * @param places of all accounts
   */
  Account(Source source, Ledger ledger, Places places, Dispatcher dispatcher) {
    this.source = source;
    this.ledger = ledger;
    this.places = places;
    this.dispatcher = dispatcher;
  }

  /** A demand, and whether its title was held by a fill before. */
  private record Registered(Demand demand, boolean isHeldTwice) {}

  /**
   * Registers a wish.
   *
   * @param title a hold that passes to the account when it starts a fill, and is closed otherwise
   * @return empty, and the hold is left alone, when the account is forgotten: another takes its
   *     place
   */
  Optional<Demand> demand(Title title, Wish wish) {
    @Nullable Registered registered =
        ledger.locked(() -> ledger.isForgotten() ? null : register(title, wish));
    if (registered == null) {
      return Optional.empty();
    }
    if (registered.isHeldTwice()) {
      title.close();
    }
    Fill fill = registered.demand().fill();
    fill.generation().ifPresent(fill.headLook()::atStored);
    dispatcher.decide();
    return Optional.of(registered.demand());
  }

  private Registered register(Title title, Wish wish) {
    long now = System.nanoTime();
    Fill known = ledger.fills().get(title.key());
    Fill fill = known != null ? known : new Fill(title, wish, ledger.rules(), now);
    ledger.fills().put(title.key(), fill);
    Demand demand = new Demand(this, fill, wish, !fill.connections.isEmpty(), now);
    fill.add(demand, wish, now);
    fill.failIfResting(demand, now);
    fill.passIfStoreRefuses(demand, now);
    return new Registered(demand, known != null);
  }

  void close(Demand demand) {
    ledger.locked(() -> demand.fill().remove(demand, System.nanoTime()));
    dispatcher.decide();
  }

  /** The reader waits at the hole at its position, until {@link #unblock}. */
  void block(Demand demand) {
    boolean comes =
        ledger.locked(() -> {
          long now = System.nanoTime();
          demand.blocked(true, now);
          demand.fill().failIfResting(demand, now);
          demand.fill().passIfStoreRefuses(demand, now);
          return demand.fill().comesTo(demand.position());
        });
    // Followers wait at every write of their connection: that is nothing to decide about.
    if (!comes) {
      dispatcher.decide();
      dispatcher.decideAfter(Decision.DEBOUNCE);
    }
  }

  void unblock(Demand demand) {
    ledger.locked(() -> demand.blocked(false, System.nanoTime()));
  }

  boolean isServed(Demand demand) {
    return ledger.locked(() -> demand.fill().isServed(demand.position()));
  }

  /**
   * Parks until {@code done} or the time is over; {@code done} is asked after each change.
   *
   * @return what it said last
   */
  boolean await(Duration most, BooleanSupplier done) throws InterruptedException {
    return ledger.await(most, done);
  }

  void wake() {
    ledger.locked(ledger::changed);
  }

  /**
   * A connection past the store. Waits for its turn, then for the provider, and asks it again as a
   * fill would.
   *
   * @param onGone takes what is to be done when the player leaves
   * @throws OriginException Limit when no turn comes in time, else the provider's failure
   */
  Pass pass(Demand demand, Generation generation, Duration most, Consumer<Runnable> onGone)
      throws OriginException, InterruptedException {
    int attempts = 1;
    long until = System.nanoTime() + most.toNanos();
    while (true) {
      Pass pass = begin(demand, most);
      onGone.accept(pass::abort);
      try {
        pass.open(source, generation);
        return pass;
      } catch (OriginException e) {
        pass.close();
        boolean isLate = System.nanoTime() - until >= 0;
        Optional<Duration> pause = Retry.ofPass(e.failure(), attempts, isLate);
        if (pause.isEmpty() || pass.isAborted()) {
          throw e;
        }
        ledger.await(pause.get(), pass::isAborted);
        attempts++;
      }
    }
  }

  /** The place is taken before the connection is opened, so that no two take the last one. */
  private Pass begin(Demand demand, Duration most) throws OriginException, InterruptedException {
    if (!ledger.awaitPlace(most)) {
      throw new OriginException(excuse(demand));
    }
    if (!places.take(/* isAwaited= */ true)) {
      dispatcher.placeLeft();
      throw new OriginException(excuse(demand));
    }
    return ledger.locked(() -> {
      Fill fill = demand.fill();
      Fetch fetch = fill.fetch(demand.position(), demand.end(), ledger.closesConnections());
      Pass pass = new Pass(this, fill, fetch);
      fill.passes.add(pass);
      return pass;
    });
  }

  /** Has something asked that is no film; empty when the account is in use. */
  <T> Optional<T> aside(Aside<T> question, Duration most)
      throws OriginException, InterruptedException {
    if (!ledger.awaitQuietPlace(most)) {
      return Optional.empty();
    }
    if (!places.take(/* isAwaited= */ false)) {
      dispatcher.placeLeft();
      return Optional.empty();
    }
    try {
      return Optional.of(question.ask());
    } finally {
      places.give();
      dispatcher.placeLeft();
    }
  }

  /** How much a pass may read at once. */
  int portion(int most) {
    return ledger.throttle().portion(most, /* isFill= */ false);
  }

  /** Holds a pass to the rate that is set; parks. */
  void pace(long bytes, BooleanSupplier isOver) {
    ledger.throttle().pace(Math.max(0, bytes), () -> false, isOver);
  }

  void hurry() {
    ledger.throttle().wake();
  }

  void ended(Pass pass) {
    ledger.locked(() -> {
      pass.fill().passes.remove(pass);
    });
    places.give();
    dispatcher.placeLeft();
  }

  /** Why the demand has waited in vain, as far as it can be told from here. */
  Failure excuse(Demand demand) {
    return ledger.locked(() -> {
      Fill fill = demand.fill();
      if (demand.isHeld()) {
        return lineIsTaken();
      }
      boolean noPlace = fill.connections.isEmpty() && !ledger.budget().hasPlace(System.nanoTime());
      return fill.refusal()
          .map(Refusal::failure)
          .orElseGet(() -> noPlace ? allInUse() : noAnswer());
    });
  }

  /**
   * The name of the oldest title but this one that players wait for, else of one that is fetched.
   */
  Optional<String> firstInLine(TitleKey butThis) {
    return ledger.locked(() -> {
      List<Fill> others =
          ledger.fills().values().stream()
              .filter(fill -> !fill.title().key().equals(butThis))
              .toList();
      return others.stream()
          .filter(fill -> !fill.demands.isEmpty())
          .findFirst()
          .or(() -> others.stream().filter(Fill::isBrought).findFirst())
          .map(Fill::name);
    });
  }

  /**
   * Whether a connection for a demand that waits is sure to come, or one that is under way may
   * still answer.
   *
   * @param within how long the player would be held
   */
  boolean isInSight(Demand demand, Duration within) {
    return ledger.locked(() -> {
      long now = System.nanoTime();
      return demand.trouble().isEmpty() && ledger.isInSight(demand.fill(), within.toNanos(), now);
    });
  }

  private static Failure allInUse() {
    return new Failure.Limit(
        OptionalInt.empty(), "all connections of the account are in use", Optional.empty());
  }

  private static Failure lineIsTaken() {
    return new Failure.Limit(
        OptionalInt.empty(), "the line carries no further film now", Optional.empty());
  }

  private static Failure noAnswer() {
    return new Failure.Slow(OptionalInt.empty(), "no answer within the time a player waits");
  }

  void tick() {
    dispatcher.tick();
  }

  int titles() {
    return ledger.locked(() -> ledger.fills().size());
  }

  /** Whether nothing is left to remember of it; then it takes no demand any more. */
  boolean forget() {
    return ledger.locked(() -> ledger.forget(System.nanoTime()));
  }

  /** Closes every connection and opens none any more. */
  void stop() {
    List<Connection> open =
        ledger.locked(() -> {
          ledger.stop();
          return ledger.connections().toList();
        });
    open.forEach(Connection::close);
  }

  /** Parks until every connection has ended or the time is over. */
  void awaitQuiet(Duration most) throws InterruptedException {
    ledger.await(most, () -> ledger.connections().findAny().isEmpty());
  }
}
