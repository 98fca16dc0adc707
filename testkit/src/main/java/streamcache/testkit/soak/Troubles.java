package streamcache.testkit.soak;

import java.time.Duration;
import java.util.Random;
import streamcache.testkit.Cut;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;

/** What a provider does next with a response: usually nothing unusual. Seeded; any thread. */
final class Troubles {

  private static final int MIB = 1 << 20;

  /** The percentage of responses without a fault. */
  private static final int WELL = 60;

  private final Random random;
  private volatile boolean raging;

  Troubles(long seed) {
    this.random = new Random(seed);
  }

  void begin() {
    raging = true;
  }

  /** From now on every response is without a fault, as before {@link #begin}. */
  void end() {
    raging = false;
  }

  Script next(Script film) {
    if (!raging || random.nextInt(100) < WELL) {
      return film;
    }
    long amount = random.nextInt(3 * MIB);
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> film.cutAfter(amount, Cut.RESET);
      case 3, 4, 5 -> film.cutAfter(amount, Cut.FIN);
      case 6 -> film.lengthOff(1 + amount);
      case 7 -> film.lengthOff(-1);
      case 8 -> film.rangeOff(4096);
      case 9 -> film.without("Content-Range");
      case 10 -> film.ranges(Ranges.IGNORED);
      case 11 -> film.framing(Framing.CHUNKED).cutAfter(amount, Cut.FIN);
      case 12 -> film.headDelay(Duration.ofMillis(random.nextInt(1500)));
      case 13 -> Script.status(new int[] {404, 500, 502, 503}[random.nextInt(4)]);
      case 14 -> Script.status(200, "text/html", "<html>busy</html>");
      default -> film.stallAfter(amount);
    };
  }
}
