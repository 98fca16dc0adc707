package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens at a provider: the same for every rule, and for the real product.
 *
 * @param viewers what each does; films are assigned to them in turn, beginning with the first
 * @param titles how many films there are
 * @param remux whether something reads another film as fast as it can meanwhile
 * @param seconds how long it lasts
 */
record Scene(List<SceneTrace> viewers, int titles, boolean remux, double seconds) {

  /** The next viewer arrives this many seconds after the one before, plus up to as many again. */
  private static final double SPREAD = 30;

  /** Draws a quarter of an hour of an audience. */
  static Scene drawn(Viewership audience, long seed) {
    // A viewer's trace does not depend on the other viewers.
    Random seeds = new Random(seed);
    List<SceneTrace> traces = new ArrayList<>();
    for (int viewer = 0; viewer < audience.viewers(); viewer++) {
      Random random = new Random(seeds.nextLong());
      SceneTrace trace = SceneTrace.random(random, viewer * SPREAD, viewer == 0 ? 0 : SPREAD);
      traces.add(audience.wishes() ? trace : trace.withoutWishes());
    }
    return new Scene(traces, audience.titles(), audience.remux(), SceneTrace.LENGTH);
  }

  /** Returns which film a viewer watches, from 0. */
  int title(int viewer) {
    return viewer % titles;
  }
}
