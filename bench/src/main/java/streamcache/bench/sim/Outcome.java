package streamcache.bench.sim;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The result of one run, or the average of several.
 *
 * @param stall seconds that pictures stood still, of all viewers, start-up left out
 * @param firstStall of the viewer who arrived first
 * @param opens connections opened
 * @param startUp seconds from the request to the first picture, of one viewer
 * @param refusals by the provider
 * @param exceeded refusals while all slots were really in use
 * @param duplicates bytes fetched more than once
 * @param delivered bytes that players received
 * @param fetched bytes from the provider
 */
record Outcome(
    double stall,
    double firstStall,
    double opens,
    double startUp,
    double refusals,
    double exceeded,
    double duplicates,
    double delivered,
    double fetched) {

  /** Returns the duplicates as a percentage of the bytes delivered. */
  double duplicateShare() {
    return delivered == 0 ? 0 : 100 * duplicates / delivered;
  }

  static Outcome average(List<Outcome> all) {
    return new Outcome(
        average(all, Outcome::stall),
        average(all, Outcome::firstStall),
        average(all, Outcome::opens),
        average(all, Outcome::startUp),
        average(all, Outcome::refusals),
        average(all, Outcome::exceeded),
        average(all, Outcome::duplicates),
        average(all, Outcome::delivered),
        average(all, Outcome::fetched));
  }

  private static double average(List<Outcome> all, ToDoubleFunction<Outcome> what) {
    return all.stream().mapToDouble(what).average().orElse(0);
  }
}
