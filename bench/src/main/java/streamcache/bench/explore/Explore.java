package streamcache.bench.explore;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** Plays histories one after another until one fails. */
public final class Explore {

  /**
   * What was seen.
   *
   * @param histories how many were played
   * @param hours of virtual time
   * @param marks how often each was reached
   * @param failure of the history that failed, if any, with its scenario
   */
  public record Result(
      long histories, double hours, Map<String, Long> marks, Optional<String> failure) {}

  private Explore() {}

  /** Runs until a failure is found: {@code bench/explore [SEED]}. */
  public static void main(String[] arguments) {
    long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : System.nanoTime();
    for (int round = 0; ; round++) {
      Result result = of(seed + 2000L * round, arguments.length > 0 ? 1 : 2000);
      System.out.printf(
          "seed %d: %d histories, %.0f hours, %s%n",
          seed + 2000L * round, result.histories(), result.hours(), result.marks());
      if (result.failure().isPresent() || arguments.length > 0) {
        System.out.println(result.failure().orElse("nothing wrong"));
        return;
      }
    }
  }

  /**
   * Plays the histories of {@code count} consecutive seeds, beginning with the first, on all
   * processors.
   */
  public static Result of(long first, int count) {
    Sum sum = new Sum();
    Optional<String> failure =
        LongStream.range(first, first + count)
            .parallel()
            .mapToObj(seed -> failure(Crowd.drawn(seed), sum))
            .flatMap(Optional::stream)
            .findAny();
    return sum.result(failure);
  }

  /** Plays the history that a seed stood for before providers had {@link ProviderQuirks}. */
  public static Result withoutQuirks(long seed) {
    Sum sum = new Sum();
    return sum.result(failure(Crowd.drawn(seed).withoutQuirks(), sum));
  }

  /** Returns the failure, if any. */
  private static Optional<String> failure(Crowd crowd, Sum sum) {
    try {
      sum.add(Histories.play(crowd));
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(told(crowd, e));
    }
  }

  /** The totals of all histories together. Any thread. */
  private static final class Sum {
    private final Map<String, Long> marks = new ConcurrentSkipListMap<>();
    private final DoubleAdder seconds = new DoubleAdder();
    private final LongAdder histories = new LongAdder();

    Sum() {
      for (Mark mark : Mark.values()) {
        marks.put(mark.name(), 0L);
      }
    }

    void add(Histories.Seen seen) {
      seen.marks().forEach((mark, times) -> marks.merge(mark.name(), (long) times, Long::sum));
      seconds.add(seen.seconds());
      histories.increment();
    }

    Result result(Optional<String> failure) {
      return new Result(histories.sum(), seconds.sum() / 3600, marks, failure);
    }
  }

  private static String told(Crowd crowd, Throwable failure) {
    Shrinking.Shrunk shrunk = Shrinking.of(crowd, failure);
    return "seed %d: %s%nshrunk: %s%n%s%n%s"
        .formatted(
            crowd.seed(),
            failure.getMessage(),
            shrunk.failure(),
            test(shrunk.crowd()),
            Histories.lastEvents(shrunk.crowd()));
  }

  /** Returns a test of one scenario, ready to be pasted. */
  static String test(Crowd crowd) {
    return """
      @Test
      void play_scenario%d_goesWell() {
        Histories.play(%s);
      }
    """
        .formatted(Math.abs(crowd.seed()), JavaExpression.of(crowd));
  }
}
