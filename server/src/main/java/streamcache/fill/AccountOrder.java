package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.schedule.AccountEvent;

/** An order as seen by its account, which knows it by the number of its demand. */
record AccountOrder(AccountDemand demand, ByteRange range) implements Order {

  /** Longer than any hours are closed. */
  private static final Duration LONG = Duration.ofDays(365);

  @Override
  public Outcome await(BooleanSupplier stop) throws InterruptedException {
    boolean _ = demand.await(LONG, () -> isStored() || isOver() || stop.getAsBoolean());
    if (demand.broadcast().isPresent()) {
      return new Outcome.Live();
    }
    if (isStored()) {
      return new Outcome.Stored();
    }
    Optional<DemandTrouble> trouble = demand.trouble();
    if (trouble.isEmpty()) {
      return new Outcome.Stopped();
    }
    return switch (trouble.get()) {
      case DemandTrouble.Failed(var failure) ->
          failure.equals(AccountEvent.OrderCame.ONLY_FROM_THE_START)
              ? new Outcome.NoRanges()
              : new Outcome.Failed(failure);
      case DemandTrouble.StoreRefuses _ -> new Outcome.StoreRefuses();
    };
  }

  private boolean isOver() {
    return demand.trouble().isPresent() || demand.broadcast().isPresent();
  }

  private boolean isStored() {
    Fill fill = demand.fill();
    ByteRange title = new ByteRange(0, fill.total().orElse(Long.MAX_VALUE));
    return fill.generation().isPresent()
        && fill.present().firstHole(range.intersect(title)).isEmpty();
  }

  @Override
  public OptionalLong total() {
    return demand.fill().total();
  }

  @Override
  public long stored(ByteRange of) {
    return demand.fill().present().intersect(RangeSet.of(of)).size();
  }

  @Override
  public void close() {
    demand.close();
  }
}
