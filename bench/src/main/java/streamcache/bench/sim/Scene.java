package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens before a provider: the same for every rule, and for the real product.
 *
 * @param viewers what each does; the first watches the first film, and so on, round and round
 * @param titles how many films there are
 * @param remux whether something reads another film as fast as it can meanwhile
 * @param seconds how long it goes on
 */
record Scene(List<Trace> viewers, int titles, boolean remux, double seconds) {

  /** The next viewer comes this much after the one before, and up to as much later again. */
  private static final double SPREAD = 30;

  /** A quarter of an hour of an audience. */
  static Scene drawn(Audience audience, long seed) {
    // A viewer's trace is the same whoever else watches.
    Random seeds = new Random(seed);
    List<Trace> traces = new ArrayList<>();
    for (int viewer = 0; viewer < audience.viewers(); viewer++) {
      Random random = new Random(seeds.nextLong());
      Trace trace = Trace.random(random, viewer * SPREAD, viewer == 0 ? 0 : SPREAD);
      traces.add(audience.wishes() ? trace : trace.withoutWishes());
    }
    return new Scene(traces, audience.titles(), audience.remux(), Trace.LENGTH);
  }

  /** Which film a viewer watches, from 0. */
  int title(int viewer) {
    return viewer % titles;
  }
}
