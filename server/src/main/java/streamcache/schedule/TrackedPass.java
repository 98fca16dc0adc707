package streamcache.schedule;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One playback's pass: wanted, open, or about to be retried. */
final class TrackedPass {

  private final long id;
  private final TrackedDemand demand;
  private final ObservedPass observed;

  /** The terms of its request; null while it has no slot. */
  private @Nullable RequestTerms terms;

  /** The number of attempts that were not accepted. */
  private int attempts;

  TrackedPass(long id, TrackedDemand demand, ObservedPass observed) {
    this.id = id;
    this.demand = demand;
    this.observed = observed;
  }

  long id() {
    return id;
  }

  TrackedDemand demand() {
    return demand;
  }

  boolean isIdle(long now) {
    return observed.isIdle(now);
  }

  /** Empty while it has no slot. */
  Optional<RequestTerms> terms() {
    return Optional.ofNullable(terms);
  }

  void opens(RequestTerms as) {
    terms = as;
  }

  void leavesSlot() {
    terms = null;
  }

  /** The number of attempts in a row that were not accepted. */
  int attempts() {
    return attempts;
  }

  void failed() {
    attempts++;
  }
}
