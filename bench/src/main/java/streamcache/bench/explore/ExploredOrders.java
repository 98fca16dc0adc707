package streamcache.bench.explore;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.DemandTerms;

/**
 * The operator of one account, who orders films before anybody plays them: heads, ends and all, one
 * at a time. Draws from a sequence of its own, so that the films and players of a history are the
 * same with it and without.
 */
final class ExploredOrders {

  private static final double PAUSE = 5;

  /** Seconds after a failure; other films of a queue come first. */
  private static final double REST = 40;

  /** Seconds after which it is cancelled. */
  private static final double LONGEST = 90;

  private static final long ENDS = 1 << 20;

  /** Makes the random source another one than that of imports. */
  private static final long ORDERS = 0x6F72646572L;

  private record Ordered(long number, Stored film, ByteRange range, double until) {

    boolean isStored() {
      return film.isKnown() && film.present().covers(range);
    }
  }

  private final AccountWorld world;
  private final List<Stored> films;
  private final Random random;
  private Optional<Ordered> current = Optional.empty();
  private double nextAt;

  /**
   * @param isThere whether there is one at all; one history in two has none in any case
   */
  ExploredOrders(AccountWorld world, List<Stored> films, long seed, boolean isThere) {
    this.world = world;
    this.films = films;
    this.random = new Random(seed ^ ORDERS);
    this.nextAt = isThere && !random.nextBoolean() ? PAUSE : Double.MAX_VALUE;
  }

  /** Advances by one step of time. */
  void step() {
    double now = world.now();
    if (current.isPresent() && (current.get().isStored() || now >= current.get().until())) {
      if (current.get().isStored()) {
        world.mark(Mark.ORDER_STORED);
      }
      leaves(current.get(), now + PAUSE * random.nextDouble());
    } else if (current.isEmpty() && now >= nextAt) {
      comes(now);
    }
  }

  private void comes(double now) {
    Stored film = films.get(random.nextInt(films.size()));
    Ordered order = new Ordered(world.number(), film, range(film), now + LONGEST);
    current = Optional.of(order);
    world.mark(Mark.ORDERED);
    world.checks().wanted(film);
    DemandTerms terms =
        new DemandTerms(
            film.link(), /* factsOnly= */ false, "", /* isTrusted= */ true, Optional.empty());
    world.on(
        new AccountEvent.OrderCame(order.number(), film.link().key(), film, order.range(), terms));
    world.on(new AccountEvent.TimePassed());
  }

  /** Where a film ends is known once something of it is. */
  private ByteRange range(Stored film) {
    long end = Math.min(ENDS, film.length());
    return switch (random.nextInt(3)) {
      case 0 -> new ByteRange(0, film.length());
      case 1 -> film.isKnown() ? new ByteRange(film.length() - end, film.length()) : head(end);
      default -> head(end);
    };
  }

  private static ByteRange head(long end) {
    return new ByteRange(0, end);
  }

  /** The account has failed a demand, or an order. */
  void fails(long number) {
    if (current.filter(order -> order.number() == number).isPresent()) {
      world.mark(Mark.ORDER_FAILED);
      leaves(current.get(), world.now() + REST);
    }
  }

  private void leaves(Ordered order, double next) {
    current = Optional.empty();
    nextAt = next;
    world.on(new AccountEvent.OrderLeft(order.number()));
    world.on(new AccountEvent.TimePassed());
  }

  /** The process is killed. */
  void killed() {
    nextAt = current.isPresent() ? world.now() : nextAt;
    current = Optional.empty();
  }
}
