package streamcache.bench.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One account of a history, except for what its seed decides along the way.
 *
 * @param seed of everything
 * @param panel how the provider behaves until {@code seconds}; after that it has no faults
 * @param allowed the configured number of connections, which may be wrong
 * @param viewers what each does
 * @param titles the size of each film in bytes
 * @param seconds of faults
 * @param mishaps what happens to this machine
 */
record Scenario(
    long seed,
    ProviderTraits panel,
    int allowed,
    List<Plot> viewers,
    List<Long> titles,
    double seconds,
    Mishaps mishaps) {

  /** One store in this many is full for most of the time. */
  private static final int FULL = 6;

  /** One provider in this many is down until the faults end. */
  private static final int DOWN = 15;

  /** A random source of its own for what was added last, so that older seeds keep the rest. */
  private static final long REFUSING = 0x5A5A5A5A5A5A5A5AL;

  /** One account in this many may not fill in the background. */
  private static final int FORBIDDEN = 6;

  /** Makes the random source of quirks another one. */
  private static final long QUIRKS = 31;

  private static final long LEAST = 2_000_000;
  private static final long MOST = 400_000_000;

  static Scenario drawn(long seed) {
    Random random = new Random(seed);
    List<Long> titles = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      titles.add(LEAST + random.nextLong(random.nextInt(3) == 0 ? LEAST : MOST));
    }
    List<Plot> viewers = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      viewers.add(Plot.drawn(random, titles.size()));
    }
    ProviderTraits drawn = ProviderTraits.drawn(random, titles.getFirst());
    // Uses a separate random source, so that existing seeds still produce the same scenarios.
    Random dice = new Random(~seed);
    ProviderTraits able = dice.nextInt(DOWN) == 0 ? drawn.down() : drawn;
    ProviderTraits panel =
        able.hinderingRanges(new Random(seed ^ REFUSING))
            .with(ProviderQuirks.drawn(new Random(QUIRKS * ~seed)));
    double seconds = 60 + random.nextInt(300);
    double full = random.nextInt(6) == 0 ? random.nextDouble() * seconds : seconds;
    Mishaps.Span briefly = new Mishaps.Span(full, Math.min(seconds, full + random.nextInt(90)));
    return new Scenario(
        seed,
        panel,
        random.nextInt(4) == 0 ? 1 + random.nextInt(4) : panel.connections(),
        viewers,
        titles,
        seconds,
        new Mishaps(
            dice.nextInt(FULL) == 0 ? new Mishaps.Span(seconds / 5, seconds) : briefly,
            random.nextInt(8) == 0 ? random.nextDouble() * seconds : 0,
            random.nextInt(8) == 0 ? random.nextDouble() * seconds : 0,
            random.nextInt(8) == 0 ? 0.3 * random.nextDouble() : 0,
            new Mishaps.Span(0, dice.nextInt(FORBIDDEN) == 0 ? seconds : 0)));
  }

  Scenario with(List<Plot> plots) {
    return new Scenario(seed, panel, allowed, plots, titles, seconds, mishaps);
  }

  Scenario with(ProviderTraits other) {
    return new Scenario(seed, other, allowed, viewers, titles, seconds, mishaps);
  }

  Scenario lasting(double time) {
    return new Scenario(seed, panel, allowed, viewers, titles, time, mishaps);
  }

  Scenario undisturbed() {
    return new Scenario(seed, panel, allowed, viewers, titles, seconds, Mishaps.NONE);
  }
}
