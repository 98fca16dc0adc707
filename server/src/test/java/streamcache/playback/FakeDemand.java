package streamcache.playback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import streamcache.fill.Demand;
import streamcache.fill.DemandTrouble;
import streamcache.fill.Pass;
import streamcache.live.Broadcast;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.store.Generation;

/**
 * A demand without an account: each time its reader waits at a hole, the next action planned by the
 * test runs.
 */
final class FakeDemand implements Demand {

  static final Failure EXCUSE = new Failure.Slow(OptionalInt.empty(), "nobody came");

  final List<Long> blockedAt = new ArrayList<>();
  final List<Long> passedFrom = new ArrayList<>();
  boolean isAdmitted = true;
  boolean isInSight;
  boolean isProviderSilent;
  boolean isServed;
  boolean isClosed;
  long position;
  long watched;
  Optional<Broadcast> broadcast = Optional.empty();
  private final Deque<Runnable> planned = new ArrayDeque<>();
  private final Deque<Pass> passes = new ArrayDeque<>();
  private Supplier<Optional<Generation>> learned = Optional::empty;
  private Optional<DemandTrouble> trouble = Optional.empty();

  /** Adds an action for a wait of the reader; actions run one per wait, in order. */
  FakeDemand then(Runnable what) {
    planned.add(what);
    return this;
  }

  /** Adds a pass to hand out on the next request for one; without it, the request is refused. */
  FakeDemand passing(Pass pass) {
    passes.add(pass);
    return this;
  }

  /** Sets the generation that an unknown title turns out to have. */
  FakeDemand learns(Supplier<Optional<Generation>> generation) {
    learned = generation;
    return this;
  }

  void trouble(DemandTrouble now) {
    trouble = Optional.of(now);
  }

  @Override
  public boolean joined() {
    return false;
  }

  @Override
  public Optional<DemandTrouble> trouble() {
    return trouble;
  }

  @Override
  public Optional<Generation> awaitGeneration(Duration most, BooleanSupplier stop) {
    return learned.get();
  }

  @Override
  public Optional<Broadcast> broadcast() {
    return broadcast;
  }

  @Override
  public boolean awaitAdmission(Duration most, BooleanSupplier stop) {
    return isAdmitted;
  }

  @Override
  public void moveTo(long to) {
    position = to;
  }

  @Override
  public void moveTo(long start, long behind) {
    position = start;
  }

  @Override
  public void sends() {}

  @Override
  public void sent(long bytes, long end) {
    watched += bytes;
    position = end;
  }

  @Override
  public void block(long at) {
    blockedAt.add(at);
    position = at;
    Runnable next = planned.poll();
    if (next != null) {
      next.run();
    }
  }

  @Override
  public void unblock() {}

  @Override
  public boolean isInSight(Duration within) {
    return isInSight;
  }

  @Override
  public boolean isProviderSilent() {
    return isProviderSilent;
  }

  @Override
  public Failure excuse() {
    return EXCUSE;
  }

  @Override
  public boolean isServed() {
    return isServed;
  }

  @Override
  public Pass pass(Generation generation, Duration most, Consumer<Runnable> onGone)
      throws OriginException {
    passedFrom.add(position);
    Pass pass = passes.poll();
    if (pass == null) {
      throw new OriginException(EXCUSE);
    }
    onGone.accept(pass::close);
    return pass;
  }

  @Override
  public void resume() {
    trouble = Optional.empty();
  }

  @Override
  public void wake() {}

  @Override
  public void close() {
    isClosed = true;
  }
}
