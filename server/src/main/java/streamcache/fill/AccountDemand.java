package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.event.RequestMark;
import streamcache.live.Broadcast;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.BufferEstimator;
import streamcache.schedule.DemandTerms;
import streamcache.schedule.ObservedReader;
import streamcache.store.Generation;

/** A demand as seen by its account, which reads the position and reports trouble. */
final class AccountDemand implements Demand, ObservedReader {

  /** A viewer of a broadcast that has taken nothing for this long is not watching. */
  private static final Duration PAUSED = Duration.ofSeconds(10);

  private final Account account;
  private final Driver driver;
  private final long number;
  private final Fill fill;
  private final DemandTerms terms;
  private final Optional<Visit> visit;
  private final boolean joined;
  private final boolean isOrder;
  private final String request = RequestMark.current();

  /** Created once, since a follower waits at each write of its connection. */
  private final AccountEvent blocks;

  private final AccountEvent goesOn;
  private final BufferEstimator buffer;
  private final PassMemory passMemory = new PassMemory();
  private volatile long position;
  private volatile long end;
  private volatile @Nullable DemandTrouble trouble;

  /** Written by the playback's thread alone. */
  private volatile long watched;

  /**
   * @param number its number in the account's machine
   * @param visit the visit that it is part of; empty when only the facts are wanted
   * @param joined whether the title was already being fetched
   */
  AccountDemand(
      Account account,
      Driver driver,
      long number,
      Fill fill,
      Wish wish,
      DemandTerms terms,
      Optional<Visit> visit,
      boolean joined) {
    this.account = account;
    this.driver = driver;
    this.number = number;
    this.fill = fill;
    this.terms = terms;
    this.position = wish.start();
    this.end = wish.end();
    this.joined = joined;
    this.isOrder = wish.isOrder();
    this.blocks = new AccountEvent.DemandBlocked(number);
    this.goesOn = new AccountEvent.DemandUnblocked(number);
    this.visit = visit;
    this.buffer = new BufferEstimator(fill.headLook().bitrate(), driver.now());
    fill.request().set(request);
  }

  @Override
  public boolean joined() {
    return joined;
  }

  @Override
  public Optional<DemandTrouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public Optional<Generation> awaitGeneration(Duration most, BooleanSupplier stop)
      throws InterruptedException {
    driver.await(most, () -> fill.isKnown() || trouble != null || stop.getAsBoolean());
    return fill.generation();
  }

  @Override
  public Optional<Broadcast> broadcast() {
    return fill.channel().broadcast();
  }

  @Override
  public boolean awaitAdmission(Duration most, BooleanSupplier stop) throws InterruptedException {
    return driver.await(most, () -> !isHeld() || trouble != null || stop.getAsBoolean());
  }

  /** Whether the bandwidth does not suffice for it. Callable with or without the lock. */
  private boolean isHeld() {
    return driver.ask(machine -> machine.questions().isHeld(number));
  }

  @Override
  public void moveTo(long position) {
    this.position = position;
  }

  @Override
  public void moveTo(long start, long behind) {
    end = behind;
    position = start;
  }

  @Override
  public void sends() {
    buffer.sends(fill.total(), driver.now());
  }

  @Override
  public void sent(long bytes, long end) {
    moveTo(end);
    long before = watched;
    watched = before + bytes;
    buffer.sent(bytes, fill.total(), driver.now());
  }

  @Override
  public void block(long position) {
    moveTo(position);
    fill.request().set(request);
    driver.on(blocks);
  }

  @Override
  public void unblock() {
    driver.on(goesOn);
  }

  @Override
  public boolean isInSight(Duration within) {
    return driver.ask(machine -> machine.questions().isInSight(number, within, driver.now()));
  }

  @Override
  public boolean isProviderSilent() {
    return driver.ask(machine -> machine.questions().isProviderSilent(number));
  }

  @Override
  public Failure excuse() {
    return driver.ask(machine -> machine.questions().excuse(number, driver.now()));
  }

  @Override
  public boolean isServed() {
    return driver.ask(machine -> machine.questions().isServed(number));
  }

  @Override
  public Pass pass(Generation generation, Duration most, Consumer<Runnable> onGone)
      throws OriginException, InterruptedException {
    return account.pass(this, generation, most, onGone);
  }

  @Override
  public void resume() {
    trouble = null;
    driver.on(new AccountEvent.DemandResumed(number));
  }

  @Override
  public void wake() {
    driver.wake();
    fill.wake();
  }

  @Override
  public void close() {
    if (driver.leaves(this)) {
      visit.ifPresent(Visit::leave);
      if (isOrder) {
        driver.on(new AccountEvent.OrderLeft(number));
        driver.on(new AccountEvent.TimePassed());
      } else {
        driver.on(new AccountEvent.DemandLeft(number));
      }
    }
  }

  // For its account.

  /** How its account hears of it. */
  AccountEvent comes() {
    ByteRange range = new ByteRange(position, end);
    return isOrder
        ? new AccountEvent.OrderCame(number, fill.title().key(), fill, range, terms)
        : new AccountEvent.DemandCame(number, fill.title().key(), fill, this, terms);
  }

  /** Parks until {@code done} is true or the time has passed, as {@link Driver#await} does. */
  boolean await(Duration most, BooleanSupplier done) throws InterruptedException {
    return driver.await(most, done);
  }

  long number() {
    return number;
  }

  Fill fill() {
    return fill;
  }

  DemandTerms terms() {
    return terms;
  }

  /** For the playback's thread only. */
  PassMemory passMemory() {
    return passMemory;
  }

  /** Sets why it is no longer served from the store. */
  void trouble(DemandTrouble now) {
    trouble = now;
  }

  /** Its player has to ask again. */
  void fails(Failure failure) {
    trouble(new DemandTrouble.Failed(failure));
    wake();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public long watched() {
    return watched;
  }

  @Override
  public double rate() {
    return buffer.rate(fill.total());
  }

  @Override
  public double claims(long now) {
    return buffer.claims(fill.total(), now);
  }

  @Override
  public double buffered(long now) {
    // Nobody has more of a broadcast than has arrived, which is only what is about to be shown.
    return fill.isBroadcast() ? 0 : buffer.buffered(fill.total(), now);
  }

  @Override
  public boolean isPaused(long now) {
    return buffer.isPaused(PAUSED, now);
  }
}
