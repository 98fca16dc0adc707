package streamcache.bench.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * Counts the connections of one account as providers do: from the moment one is opened until some
 * time after it was closed. A connection over the limit is refused.
 */
final class SimulatedProvider {

  /** Seconds until the provider notices a close. */
  private static final double NOTICE = 0.05;

  /** A refusal arrives sooner than a film's first byte. */
  private static final double REFUSAL_SHARE = 0.5;

  /** How much the time to the first byte varies, up and down. */
  private static final double VARIES = 0.2;

  /** The outcome of an attempt at a moment, and when it becomes visible. */
  record Opening(double at, boolean refused, double answersAt) {}

  private final Terms terms;
  private final Random random;
  private final Deque<Double> countedUntil = new ArrayDeque<>();
  private int active;
  private int opened;
  private int refused;
  private int exceeded;

  SimulatedProvider(Terms terms, long seed) {
    this.terms = terms;
    this.random = new Random(seed);
  }

  Terms terms() {
    return terms;
  }

  Opening open(double now) {
    opened++;
    double varied = 1 + VARIES * (2 * random.nextDouble() - 1);
    double answer = now + varied * terms.firstByte();
    if (active + cooling(now) >= terms.connections()) {
      refused++;
      exceeded += active >= terms.connections() ? 1 : 0;
      return new Opening(now, /* refused= */ true, now + REFUSAL_SHARE * (answer - now));
    }
    active++;
    return new Opening(now, /* refused= */ false, answer);
  }

  void closed(double now) {
    active--;
    countedUntil.add(now + NOTICE + terms.coolDown());
  }

  /** Closed connections that still count. */
  int cooling(double now) {
    countedUntil.removeIf(until -> until <= now);
    return countedUntil.size();
  }

  /** Seconds until the next closed connection no longer counts; 0 when none does. */
  double freeAfter(double now) {
    return cooling(now) == 0 ? 0 : countedUntil.element() - now;
  }

  /** Returns how many connections it would accept now. */
  int free(double now) {
    return Math.max(0, terms.connections() - active - cooling(now));
  }

  int opened() {
    return opened;
  }

  /** Returns the number of attempts over the limit. */
  int refused() {
    return refused;
  }

  /**
   * Returns the number of refused attempts that were made while all slots were in use, not merely
   * cooling down: grounds for a ban.
   */
  int exceeded() {
    return exceeded;
  }
}
