package streamcache.bench.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.bench.TemporaryFolder;
import streamcache.settings.SettingsException;

/**
 * Plays the beginnings of some traces against the real product and compares the result with the
 * simulator, for docs/decisions/0006-scheduler.md. Started by {@code bench/agree}.
 */
public final class Agree {

  private static final double SECONDS = 180;

  private record Case(Terms terms, Viewership audience, long seed) {

    Scene scene() {
      Scene drawn = Scene.drawn(audience, seed);
      return new Scene(drawn.viewers(), drawn.titles(), drawn.remux(), SECONDS);
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(Terms.of(/* connections= */ 1, 5, /* coolDown= */ 0), Viewership.of(2, 2), 1),
          new Case(Terms.of(/* connections= */ 1, 2.5, /* coolDown= */ 0), Viewership.of(2, 2), 2),
          new Case(Terms.of(/* connections= */ 1, 2.5, /* coolDown= */ 3), Viewership.of(2, 1), 3),
          new Case(Terms.of(/* connections= */ 2, 2.5, /* coolDown= */ 3), Viewership.of(2, 2), 4));

  private Agree() {}

  public static void main(String[] arguments) throws IOException, SettingsException {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      loggers.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
    }
    System.out.printf(
        "| %.0f s, simulated and real | stood still, s | until the first picture, s | connections"
            + " | refused | fetched, MB |%n|---|---|---|---|---|---|%n",
        SECONDS);
    for (Case one : CASES) {
      try (TemporaryFolder folder = TemporaryFolder.named("streamcache-agree")) {
        Reality.Seen real =
            Reality.of(one.terms(), one.scene(), UnaryOperator.identity(), folder.path());
        print(one, Rule.OURS.outcome(one.terms(), one.scene()), real);
      }
    }
    System.exit(0);
  }

  private static void print(Case one, Outcome simulated, Reality.Seen real) {
    System.out.printf(
        Locale.ROOT,
        "| K = %d, C = %.0f, B = %.1f, %s | %.1f, %.1f | %.1f, %.1f | %.0f, %d | %.0f, %d"
            + " | %.0f, %.0f |%n",
        one.terms().connections(),
        one.terms().coolDown(),
        one.terms().rate() / Terms.BITRATE,
        one.audience(),
        simulated.stall(),
        real.stall(),
        simulated.startUp(),
        real.startUp(),
        simulated.opens(),
        real.opens(),
        simulated.refusals(),
        real.refusals(),
        simulated.fetched() / Terms.MEGABYTE,
        real.fetched() / Terms.MEGABYTE);
  }
}
