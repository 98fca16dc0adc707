package streamcache.bench.sim;

import java.util.Optional;
import streamcache.schedule.GlobalConnectionLimit;
import streamcache.schedule.ObservedProvider;

/**
 * A provider without settings and about which nothing was learned.
 *
 * @param limit of all accounts
 */
public record Unhindered(GlobalConnectionLimit limit) implements ObservedProvider {

  /** Creates a provider on a machine with room for all connections. */
  public Unhindered() {
    this(new GlobalConnectionLimit());
  }

  @Override
  public boolean ignoresRanges() {
    return false;
  }

  @Override
  public Optional<String> agent() {
    return Optional.empty();
  }

  @Override
  public boolean mayFill() {
    return true;
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
