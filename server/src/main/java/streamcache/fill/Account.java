package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Call;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.AccountRules;
import streamcache.schedule.AccountStatus;
import streamcache.schedule.DemandTerms;
import streamcache.schedule.Questions;
import streamcache.schedule.RequestTerms;
import streamcache.schedule.SideQueryTurn;
import streamcache.schedule.ValidatorUse;
import streamcache.settings.ProviderRules;
import streamcache.store.Generation;
import streamcache.store.Title;

/**
 * What is fetched from one account, as playbacks see it. They call it on their own threads. Any
 * thread.
 */
final class Account {

  private final AccountId account;
  private final Driver driver;
  private final Surroundings around;
  private final FillGate gate;
  private final int usualConnections;
  private final AtomicLong numbers = new AtomicLong();

  /**
   * @param usualConnections what accounts of this kind usually allow
   */
  Account(
      AccountId account, Driver driver, FillGate gate, Surroundings around, int usualConnections) {
    this.account = account;
    this.driver = driver;
    this.gate = gate;
    this.around = around;
    this.usualConnections = usualConnections;
  }

  int usualConnections() {
    return usualConnections;
  }

  /**
   * Registers a demand. May wait for the disk, from which the head of a stored title is read.
   *
   * @param title a hold that is transferred to the account if it starts a fill, and closed
   *     otherwise
   * @return empty, with the hold unchanged, when the account is forgotten: another replaces it
   */
  Optional<AccountDemand> demand(Title title, Wish wish) {
    Fill fresh = Fill.of(title, around.channels().of(wish.link()));
    AccountDemand demand = driver.register(fresh, (fill, isFetched) -> make(fill, wish, isFetched));
    if (demand == null) {
      return Optional.empty();
    }
    Fill fill = demand.fill();
    fill.generation().ifPresent(fill.headLook()::atStored);
    driver.on(new AccountEvent.TimePassed());
    return Optional.of(demand);
  }

  private AccountDemand make(Fill fill, Wish wish, boolean isFetched) {
    Optional<Visit> visit =
        wish.factsOnly() || wish.isOrder()
            ? Optional.empty()
            : Optional.of(around.scans().comes(wish.client(), fill.title().key()));
    DemandTerms terms =
        new DemandTerms(
            wish.link(),
            wish.factsOnly(),
            wish.agent(),
            wish.isTrusted(),
            visit.map(Function.identity()));
    return new AccountDemand(
        this, driver, numbers.getAndIncrement(), fill, wish, terms, visit, isFetched);
  }

  Optional<String> firstInLine(TitleKey butThis) {
    return driver.ask(machine -> machine.questions().firstInLine(butThis));
  }

  /**
   * Opens a pass. Waits for its turn, then for the provider, and retries as a fill would.
   *
   * @param onGone receives the action to run when the player leaves
   * @throws OriginException with the reason when no turn comes in time, else with the provider's
   *     failure
   */
  AccountPass pass(
      AccountDemand demand, Generation generation, Duration most, Consumer<Runnable> onGone)
      throws OriginException, InterruptedException {
    long until = driver.now() + most.toNanos();
    PassTurn turn = new PassTurn(numbers.getAndIncrement());
    driver.register(turn);
    boolean isOpen = false;
    try {
      while (true) {
        RequestTerms terms = terms(turn, demand, most);
        AccountPass pass = made(turn, demand, terms, generation);
        turn.opens(pass);
        onGone.accept(pass::abort);
        TitleKey title = demand.fill().title().key();
        Optional<Failure> failure = open(pass, title);
        if (failure.isEmpty()) {
          isOpen = true;
          return pass;
        }
        publish(title, pass, failure);
        boolean isLate = driver.now() - until >= 0;
        driver.on(
            pass.isDisputed()
                ? new AccountEvent.PassDisputed(turn.number())
                : new AccountEvent.PassFailed(turn.number(), failure.get(), isLate));
        Optional<Duration> pause = driver.ask(_ -> turn.pause());
        if (pause.isEmpty() || pass.isAborted()) {
          throw new OriginException(failure.get());
        }
        driver.await(pause.get(), pass::isAborted);
      }
    } finally {
      if (!isOpen) {
        driver.forget(turn);
        driver.on(new AccountEvent.PassEnded(turn.number()));
      }
    }
  }

  private AccountPass made(
      PassTurn turn, AccountDemand demand, RequestTerms terms, Generation generation) {
    long position = demand.position();
    PassCheck check = new PassCheck(generation, demand.passMemory());
    long start = check.start(terms.validators(), position);
    Fetch fetch = demand.fill().fetch(terms, new ByteRange(start, demand.end()));
    TitleKey title = demand.fill().title().key();
    return new AccountPass(driver, pass -> ended(title, pass), turn, fetch, position, terms, check);
  }

  /** Sends the request; blocks. Returns the failure, if any; the slot is then free. */
  private Optional<Failure> open(AccountPass pass, TitleKey title) {
    boolean isOpen = false;
    try {
      if (pass.open(around.source())) {
        driver.on(new AccountEvent.ValidatorsRefuted(title));
      }
      driver.on(new AccountEvent.PassAccepted(pass.turn().number()));
      pass.turn().is(pass);
      isOpen = true;
      return Optional.empty();
    } catch (OriginException e) {
      return Optional.of(e.failure());
    } finally {
      if (!isOpen) {
        pass.cut();
        around.limit().give();
      }
    }
  }

  /** Waits for its turn and takes a slot, so that no two passes take the last one. */
  private RequestTerms terms(PassTurn turn, AccountDemand demand, Duration most)
      throws OriginException, InterruptedException {
    driver.on(new AccountEvent.PassWanted(turn.number(), demand.number(), turn));
    driver.await(most, () -> turn.terms().isPresent());
    Optional<RequestTerms> terms = driver.ask(_ -> turn.terms());
    if (terms.isEmpty() || !around.take(account, driver, /* isAwaited= */ true)) {
      driver.on(new AccountEvent.PassWithoutSlot(turn.number()));
      throw new OriginException(demand.excuse());
    }
    return terms.get();
  }

  private void ended(TitleKey title, AccountPass pass) {
    publish(title, pass, Optional.empty());
    around.limit().give();
    driver.forget(pass.turn());
    driver.on(new AccountEvent.PassEnded(pass.turn().number()));
  }

  private void publish(TitleKey title, AccountPass pass, Optional<Failure> failure) {
    around.publish(
        new FillEvent.PassClosed(title, account, pass.start(), pass.received(), failure));
  }

  /**
   * Runs a side query; empty when no slot of the account is to spare, a player comes to need it, or
   * the provider refuses it beside others.
   */
  <T> Optional<T> sideQuery(
      SideQuery<T> question, QueryPurpose purpose, SideQueryTurn turn, Duration most)
      throws OriginException, InterruptedException {
    Call call = new Call();
    Optional<Boolean> closes = driver.awaitSlot(turn, most, call::cancel);
    if (closes.isEmpty()) {
      return Optional.empty();
    }
    if (!around.take(account, driver, /* isAwaited= */ false)) {
      driver.on(new AccountEvent.SideQueryEnded(/* hasAsked= */ false));
      return Optional.empty();
    }
    long begin = driver.now();
    Optional<Failure> failure = Optional.empty();
    boolean isPreempted = false;
    try {
      return Optional.of(question.ask(call, closes.get()));
    } catch (OriginException e) {
      failure = Optional.of(e.failure());
      isPreempted = driver.ask(machine -> machine.questions().isSideQueryPreempted());
      if (e.failure() instanceof Failure.Limit) {
        driver.on(new AccountEvent.SideQueryRefused());
      }
      if (driver.ask(machine -> isInTheWay(machine.questions(), e.failure()))) {
        return Optional.empty();
      }
      throw e;
    } finally {
      around.limit().give();
      driver.on(new AccountEvent.SideQueryEnded(/* hasAsked= */ true));
      Duration took = Duration.ofNanos(driver.now() - begin);
      around.publish(new SideQueryEnded(account, purpose, took, failure, isPreempted));
    }
  }

  /** Whether the query is to be sent again later, since others use the account. */
  private static boolean isInTheWay(Questions account, Failure failure) {
    boolean isOneTooMany = failure instanceof Failure.Limit && account.isSideQueryBesideOthers();
    return isOneTooMany || account.isSideQueryPreempted();
  }

  /** The provider's panel says how many connections the account may have. */
  void stated(int connections) {
    driver.on(new AccountEvent.LimitStated(connections));
  }

  /** The operator has changed the settings of the account. */
  void change(AccountRules rules, ProviderRules.Fills fills) {
    gate.change(fills);
    driver.throttle().change(fills, System.nanoTime());
    driver.on(new AccountEvent.RulesChanged(rules));
    driver.on(new AccountEvent.TimePassed());
  }

  void tick() {
    driver.on(new AccountEvent.Ticked());
  }

  /** Whether only a new demand can give the account something to do. */
  boolean isAtRest() {
    return driver.ask(machine -> machine.questions().isAtRest());
  }

  ValidatorUse validators() {
    return driver.ask(machine -> machine.questions().validators());
  }

  boolean sendsRange() {
    return driver.ask(machine -> machine.questions().sendsRange());
  }

  /** Bytes of a title came with other validators than the same stored bytes. */
  void refuted(TitleKey title) {
    driver.on(new AccountEvent.ValidatorsRefuted(title));
  }

  AccountStatus status() {
    return driver.ask(machine -> machine.questions().status(driver.now()));
  }

  int titles() {
    return driver.ask(machine -> machine.questions().titles());
  }

  /** Whether the account has no state to keep. If so, it accepts no further demand. */
  boolean forget() {
    return driver.ask(machine -> machine.forget(driver.now()));
  }

  /** Whether it has something to do, or may still be counted as open by its provider. */
  boolean isBusy() {
    return driver.ask(machine -> machine.questions().isBusy(driver.now()));
  }

  /** What is open or waited for now. */
  OpenParts parts() {
    return driver.parts();
  }

  /** Closes every connection; no further one is opened. */
  void stop() {
    driver.on(new AccountEvent.Stopped());
  }

  /** Parks until every connection has ended or the time has passed. */
  void awaitQuiet(Duration most) throws InterruptedException {
    driver.awaitQuiet(most);
  }
}
