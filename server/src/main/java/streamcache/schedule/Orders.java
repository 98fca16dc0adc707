package streamcache.schedule;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;

/**
 * The ranges of a title that are to be fetched before anybody plays it. They come after everything
 * that players need: nothing waits for them, and they take no connection from a player. Belongs to
 * a title.
 */
final class Orders {

  private final Effects effects;

  /** Oldest first; without those that failed. */
  private final Map<Long, ByteRange> ranges = new LinkedHashMap<>();

  Orders(Effects effects) {
    this.effects = effects;
  }

  void add(long id, ByteRange range) {
    ranges.put(id, range);
  }

  void remove(long id) {
    ranges.remove(id);
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** The oldest range that is not all stored; the oldest one while nothing is known. */
  Optional<ByteRange> next(ObservedTitle stored) {
    for (ByteRange range : ranges.values()) {
      ByteRange within = within(range, stored);
      if (!stored.isKnown() || stored.present().firstHole(within).isPresent()) {
        return Optional.of(range);
      }
    }
    return Optional.empty();
  }

  /** Whether the next new byte of a connection at {@code position} is ordered. */
  boolean wants(ObservedTitle stored, long position) {
    if (!stored.isKnown()) {
      return !ranges.isEmpty();
    }
    long hole = stored.present().presentUntil(position);
    return ranges.values().stream().anyMatch(range -> within(range, stored).contains(hole));
  }

  private static ByteRange within(ByteRange range, ObservedTitle stored) {
    return range.intersect(new ByteRange(0, stored.total().orElse(Long.MAX_VALUE)));
  }

  /** Reading a whole file for its end would cost more than was ordered. */
  void withoutRanges() {
    Iterator<Map.Entry<Long, ByteRange>> each = ranges.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, ByteRange> order = each.next();
      if (order.getValue().start() > 0) {
        effects.add(
            new Effect.FailDemand(order.getKey(), AccountEvent.OrderCame.ONLY_FROM_THE_START));
        each.remove();
      }
    }
  }

  void fail(Failure failure) {
    ranges.keySet().forEach(id -> effects.add(new Effect.FailDemand(id, failure)));
    ranges.clear();
  }

  /** The store accepts no bytes: an order does without them. */
  void storeRefused() {
    ranges.keySet().forEach(id -> effects.add(new Effect.PassStore(id)));
    ranges.clear();
  }
}
