package streamcache.bench.explore;

import java.util.Random;

/**
 * What one player does.
 *
 * @param title which film, from 0
 * @param arrives seconds
 * @param buffer bytes that it holds; a remux holds everything that arrives
 * @param rate bytes a second at which it plays
 * @param seekEvery seconds of playing between two seeks; 0: none
 * @param pauseEvery seconds of playing between two pauses of half a minute; 0: none
 * @param staysFor seconds after which it leaves, to return a minute later
 * @param isProbe whether it reads only the beginning and the end, again and again
 */
record Plot(
    int title,
    double arrives,
    long buffer,
    double rate,
    double seekEvery,
    double pauseEvery,
    double staysFor,
    boolean isProbe) {

  static Plot drawn(Random random, int titles) {
    boolean isRemux = random.nextInt(8) == 0;
    return new Plot(
        random.nextInt(titles),
        random.nextInt(3) == 0 ? 0 : random.nextDouble() * 60,
        isRemux ? Long.MAX_VALUE / 4 : 1_000_000L << random.nextInt(6),
        isRemux ? 20e6 : 3e5 * (1 + random.nextInt(8)),
        random.nextInt(3) == 0 ? 1 + random.nextDouble() * 40 : 0,
        random.nextInt(4) == 0 ? 10 + random.nextDouble() * 60 : 0,
        random.nextInt(4) == 0 ? 1 + random.nextDouble() * 60 : 1e9,
        random.nextInt(8) == 0);
  }
}
