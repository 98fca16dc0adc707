package streamcache.bench.sim;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import streamcache.schedule.GlobalConnectionLimit;
import streamcache.schedule.ObservedProvider;
import streamcache.schedule.ValidatorLessons;

/**
 * A provider without settings and about which nothing was learned.
 *
 * @param limit of all accounts
 * @param fills whether anything may be fetched in the background now
 */
public record Unhindered(GlobalConnectionLimit limit, BooleanSupplier fills)
    implements ObservedProvider {

  /** Creates a provider on a machine with room for all connections. */
  public Unhindered() {
    this(new GlobalConnectionLimit(), () -> true);
  }

  @Override
  public boolean ignoresRanges() {
    return false;
  }

  @Override
  public boolean givesRanges() {
    return true;
  }

  @Override
  public ValidatorLessons validators() {
    return ValidatorLessons.NONE;
  }

  @Override
  public Optional<String> agent() {
    return Optional.empty();
  }

  @Override
  public boolean mayFill() {
    return fills.getAsBoolean();
  }

  @Override
  public boolean mayFillAgain() {
    return true;
  }

  @Override
  public boolean isCrowded() {
    return limit.isShort();
  }
}
