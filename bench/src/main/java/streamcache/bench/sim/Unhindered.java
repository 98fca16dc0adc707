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
 * @param gives whether its last response to a range was that range
 * @param refuses whether it was found to refuse requests with a Range
 */
public record Unhindered(
    GlobalConnectionLimit limit,
    BooleanSupplier fills,
    BooleanSupplier gives,
    BooleanSupplier refuses)
    implements ObservedProvider {

  /** Creates a provider that gives ranges, on a machine with room for all connections. */
  public Unhindered() {
    this(new GlobalConnectionLimit(), () -> true, () -> true, () -> false);
  }

  @Override
  public boolean ignoresRanges() {
    return false;
  }

  @Override
  public boolean givesRanges() {
    return gives.getAsBoolean();
  }

  @Override
  public boolean refusesRanges() {
    return refuses.getAsBoolean();
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
