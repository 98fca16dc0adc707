package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.range.ByteRange;
import streamcache.store.Generation;
import streamcache.store.Title;

/**
 * Opens and closes the connections of one account as the {@link Decision} says, and hears from them
 * on their threads what becomes of them. What it starts, closes and tells is done after the lock of
 * the {@link Ledger} is given up.
 */
final class Dispatcher {

  /**
   * Titles that were left by their players and wait to be completed; each holds open files. Beyond,
   * the oldest are completed when somebody plays them again.
   */
  private static final int MOST_LEFT = 32;

  private final AccountId id;
  private final Ledger ledger;
  private final Places places;
  private final Source source;
  private final Decision decision;
  private final FillListener listener;
  private final ScheduledExecutorService tick;
  private long nextConnection;

  Dispatcher(
      AccountId id,
      Ledger ledger,
      Places places,
      Source source,
      Decision decision,
      FillListener listener,
      ScheduledExecutorService tick) {
    this.id = id;
    this.ledger = ledger;
    this.places = places;
    this.source = source;
    this.decision = decision;
    this.listener = listener;
    this.tick = tick;
  }

  /** Asks the decision until it has nothing more to change. */
  void decide() {
    List<Runnable> steps = new ArrayList<>();
    do {
      steps.forEach(Runnable::run);
      steps.clear();
      ledger.locked(() -> {
        long now = System.nanoTime();
        ledger.retire(mostLeft(), now).forEach(title -> steps.add(title::close));
        if (!ledger.isStopped()) {
          ledger.survey().forEach(connection -> steps.add(connection::close));
          decision.decide(ledger.state(now)).forEach(action -> apply(action, steps));
        }
        ledger.changed();
      });
    } while (!steps.isEmpty());
  }

  /** When places are short nothing waits for its turn that nobody waits for. */
  private int mostLeft() {
    return places.areShort() ? 0 : MOST_LEFT;
  }

  /** Four times a second: what only time changes. */
  void tick() {
    ledger.locked(() -> ledger.idlePass(System.nanoTime())).ifPresent(Pass::close);
    if (places.areShort()) {
      ledger
          .locked(() -> ledger.connections().filter(Dispatcher::isUnwatched).toList())
          .forEach(Connection::close);
    }
    boolean wanted =
        ledger.locked(() -> {
          long now = System.nanoTime();
          ledger
              .connections()
              .forEach(connection -> ledger.meter().flows(connection.lineRate(now)));
          return !ledger.fills().isEmpty();
        });
    if (wanted) {
      decide();
    }
  }

  private static boolean isUnwatched(Connection connection) {
    return connection.fill().demands.isEmpty() && !connection.isClosing();
  }

  void decideAfter(Duration pause) {
    var _ = tick.schedule(this::decide, pause.toNanos() + 1, TimeUnit.NANOSECONDS);
  }

  /** A place is given back by something else than a connection. */
  void placeLeft() {
    ledger.locked(() -> {
      long now = System.nanoTime();
      ledger.budget().closed(/* cut= */ true, now);
      decideWhenFree(now);
    });
    decide();
  }

  private void apply(Action action, List<Runnable> steps) {
    switch (action) {
      case Action.Open open -> {
        Fill fill = ledger.fill(open.title());
        // Without a place the next tick asks again.
        if (places.take(/* isAwaited= */ !fill.demands.isEmpty())) {
          steps.add(open(fill, open));
        }
      }
      case Action.Admit(TitleKey title) -> ledger.fill(title).admit();
      case Action.Close close ->
          ledger.fill(close.title()).connections.stream()
              .filter(connection -> connection.id() == close.connection())
              .findFirst()
              .ifPresent(connection -> steps.add(connection::close));
    }
  }

  private Runnable open(Fill fill, Action.Open open) {
    ByteRange stretch = new ByteRange(open.start(), open.end());
    ByteRange asked = fill.compared(stretch);
    Fetch fetch = fill.fetch(asked.start(), asked.end(), ledger.closesConnections());
    Connection connection = new Connection(nextConnection++, this, fill, source, stretch, fetch);
    fill.connections.add(connection);
    ledger.budget().opened();
    return () -> Thread.ofPlatform().daemon().name("connection " + id).start(connection);
  }

  /** The provider ignores ranges: one connection from the start has to do for everybody. */
  Whole withoutRanges(Connection connection) {
    return ledger.locked(() -> connection.fill().withoutRanges(connection));
  }

  /** What the connection brought does not fit what was stored at the other end of the hole. */
  void mismatched(Connection connection) {
    ledger.locked(() -> connection.fill().mismatched(connection));
  }

  /** The stored bytes are not of the file that the provider has now. */
  void doubt(Connection connection) {
    ledger.locked(() -> connection.fill().doubt());
  }

  /** Whether this connection may put a new generation in the place of the title's present one. */
  boolean mayBegin(Connection connection) {
    return ledger.locked(() -> connection.fill().mayBegin());
  }

  void begun(Connection connection, Optional<Generation> before) {
    ledger.locked(() -> {
      connection.fill().begun();
      ledger.changed();
    });
    before.ifPresent(Generation::wake);
  }

  /**
   * Holds the connection's thread to the rates that are set.
   *
   * @return whether one of them is only for what nobody needs soon, as this connection's
   */
  boolean pace(Connection connection, long bytes) {
    boolean isHeldBack = connection.isFill() && ledger.rules().fills().fillRate().isPresent();
    ledger.throttle().pace(bytes, connection::isFill, connection::isClosing);
    return isHeldBack;
  }

  /** How much the connection may read at once. */
  int portion(Connection connection, int most) {
    return ledger.throttle().portion(most, connection.isFill());
  }

  /** What the connection brings is needed now, or not at all any more. */
  void hurry() {
    ledger.throttle().wake();
  }

  /** The connection has brought its first bytes. */
  void answered(Connection connection, Duration firstByte) {
    ledger.locked(() -> {
      long now = System.nanoTime();
      Budget budget = ledger.budget();
      connection.fill().refusal().ifPresent(refusal -> refusal.teach(budget, now));
      connection.fill().answered(connection);
      ledger.meter().answered(firstByte);
      budget.accepted(now);
      ledger.changed();
    });
    listener.opened(connection.fill().title().key(), id, connection.start(), firstByte);
    decide();
  }

  /** The connection's last word. */
  void ended(Connection connection, Ending ending) {
    Fill fill = connection.fill();
    TitleKey key = fill.title().key();
    List<Runnable> news = new ArrayList<>();
    news.add(() ->
        listener.closed(
            key, id, connection.received(), connection.stored(), connection.hasAnswered(), ending));
    places.give();
    ledger.locked(() -> {
      long now = System.nanoTime();
      var _ = ledger.survey();
      fill.remove(connection);
      settle(connection, ending, now, news);
      if (fill.isComplete() && connection.stored() > 0) {
        long total = fill.generation().orElseThrow().total().orElseThrow();
        news.add(() -> listener.completed(key, total));
      }
      ledger.keep(now);
      decideWhenFree(now);
    });
    news.forEach(Runnable::run);
    fill.generation().ifPresent(Generation::wake);
    decide();
  }

  private void settle(Connection connection, Ending ending, long now, List<Runnable> news) {
    switch (ending) {
      case Ending.Finished _, Ending.Closed _ ->
          ledger.budget().closed(/* cut= */ !connection.isSpent(), now);
      case Ending.Refused _ -> {
        ledger.budget().closed(/* cut= */ true, now);
        decideAfter(Setbacks.STORE_REST);
        decideAfter(connection.fill().refused(connection, now));
      }
      case Ending.Failed(Failure failure) -> failed(connection, failure, now, news);
    }
  }

  private void failed(Connection connection, Failure failure, long now, List<Runnable> news) {
    if (!connection.hasAnswered() && isOneTooMany(connection.fill(), failure, now)) {
      return;
    }
    if (!connection.hasAnswered() && isRefused(failure) && Retry.mayMeanTooMany(failure)) {
      // It never counted; as a closed one it would excuse and blur the next refusal.
      ledger.budget().rejected(now);
    } else {
      ledger.budget().closed(isToBeNoticed(failure), now);
    }
    Title title = connection.fill().title();
    switch (connection.fill().failed(connection, failure, now)) {
      case Verdict.GoOn _ -> {}
      case Verdict.Pause(Duration pause) -> decideAfter(pause);
      case Verdict.GiveUp(Duration rest) -> {
        decideAfter(rest);
        news.add(() -> listener.failed(title.key(), id, failure));
      }
    }
  }

  /**
   * Whether the provider may count the connection for a moment yet: it has begun an answer, or may
   * have, that we gave up; and one that it broke off itself it may strike off a little later.
   */
  private static boolean isToBeNoticed(Failure failure) {
    return !isRefused(failure) && !(failure instanceof Failure.Unreachable);
  }

  private static boolean isRefused(Failure failure) {
    return failure.upstreamStatus().orElse(200) / 100 != 2;
  }

  /**
   * Whether a refusal is taken to be about the number of our connections, so that nobody is told.
   * Some statuses say so: then the whole account waits. Others say it only sometimes: then just the
   * title does, unless closed connections are most likely to blame. What was really wrong shows
   * when the title is accepted ({@link Refusal#teach}).
   */
  private boolean isOneTooMany(Fill fill, Failure failure, long now) {
    Budget budget = ledger.budget();
    if (!Retry.mayMeanTooMany(failure) || !budget.mayBeToBlame(now)) {
      return false;
    }
    boolean isClosedToBlame = budget.isClosedToBlame(now);
    Refusal refusal = Refusal.next(fill.refusal(), failure, budget, now);
    Optional<Duration> pause = fill.refused(refusal, isClosedToBlame, now);
    if (failure instanceof Failure.Limit) {
      budget.refused(jitter(), now);
      return true;
    }
    if (pause.isEmpty()) {
      return false;
    }
    if (isClosedToBlame) {
      budget.suspected(jitter(), now);
      decideWhenFree(now);
    } else {
      budget.rejected(now);
    }
    decideAfter(pause.get());
    return true;
  }

  private static double jitter() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private void decideWhenFree(long now) {
    long next = ledger.budget().nextChange(now);
    if (next > 0) {
      decideAfter(Duration.ofNanos(next));
    }
  }
}
