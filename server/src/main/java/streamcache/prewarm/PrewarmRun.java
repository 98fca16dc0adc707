package streamcache.prewarm;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import streamcache.fill.Fills;
import streamcache.fill.Order;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.store.Store;
import streamcache.store.Title;
import streamcache.trouble.Cause;

/** Fetches one title of the queue. Used once, by a thread of its own, which mostly waits. */
final class PrewarmRun {

  /**
   * How it ended.
   *
   * @param words a sentence unless all that was wanted is stored
   */
  record Result(PrewarmState state, String words) {
    static final Result DONE = new Result(PrewarmState.DONE, "");

    static Result failed(String words) {
      return new Result(PrewarmState.FAILED, words);
    }
  }

  private final Fills fills;
  private final Store store;
  private final PrewarmItem item;
  private final Link link;
  private final PrewarmPart part;

  PrewarmRun(Fills fills, Store store, PrewarmItem item) {
    this.fills = fills;
    this.store = store;
    this.item = item;
    this.link = item.link();
    this.part = item.part();
  }

  /** Parks until it is fetched or cannot be, for days if need be. */
  Result run() throws InterruptedException {
    OptionalLong known = stored();
    if (known.isPresent()) {
      return fetch(known.getAsLong());
    }
    try (Order first = fills.order(link, part.beginning())) {
      item.begins(first, part.beginning());
      Order.Outcome outcome = first.await(() -> first.total().isPresent());
      if (first.total().isPresent()) {
        // While the first order stands, the title is not given up in between.
        return fetch(first.total().getAsLong());
      }
      return outcome instanceof Order.Outcome.Stored
          ? new Result(
              PrewarmState.DONE,
              "The provider does not say how long it is: only its head is stored.")
          : result(outcome);
    }
  }

  /** The length of the title, if something of it is stored. */
  private OptionalLong stored() {
    try (Title title = store.title(link.key())) {
      return title.generation().isPresent()
          ? title.generation().get().total()
          : OptionalLong.empty();
    }
  }

  private Result fetch(long total) throws InterruptedException {
    List<ByteRange> ranges = part.ranges(total);
    List<Order> orders = new ArrayList<>();
    try {
      long missing = missing(ranges);
      if (missing > 0 && !store.inventory().hasRoom(missing, store.usage().diskFreeBytes())) {
        return Result.failed(
            "The cache has no room for it without deleting what is pinned or being watched; raise"
                + " CACHE_MAX_BYTES or evict something.");
      }
      ranges.forEach(range -> orders.add(fills.order(link, range)));
      item.fetches(orders.getFirst(), ranges);
      for (Order order : orders) {
        Order.Outcome outcome = order.await(() -> false);
        if (outcome instanceof Order.Outcome.NoRanges) {
          return new Result(
              PrewarmState.DONE,
              "The provider sends this file only from its start: only its head is stored.");
        }
        if (!(outcome instanceof Order.Outcome.Stored)) {
          return result(outcome);
        }
      }
      return Result.DONE;
    } finally {
      orders.forEach(Order::close);
    }
  }

  private long missing(List<ByteRange> ranges) {
    RangeSet wanted = RangeSet.EMPTY;
    for (ByteRange range : ranges) {
      wanted = wanted.plus(range);
    }
    try (Title title = store.title(link.key())) {
      return title.generation().isEmpty()
          ? wanted.size()
          : wanted.minus(title.generation().get().present()).size();
    }
  }

  private static Result result(Order.Outcome outcome) {
    return switch (outcome) {
      case Order.Outcome.Stored _ -> Result.DONE;
      case Order.Outcome.Failed(Failure failure) -> Result.failed(sentence(failure));
      case Order.Outcome.StoreRefuses _ ->
          Result.failed("The cache accepts no bytes now: it is full, or the disk is.");
      case Order.Outcome.Live _ ->
          Result.failed("This is a live channel, of which nothing is stored.");
      case Order.Outcome.NoRanges _, Order.Outcome.Stopped _ ->
          Result.failed("The server has stopped to fetch it.");
    };
  }

  private static String sentence(Failure failure) {
    return failure instanceof Failure.Forbidden
        ? "The settings forbid it: " + failure.detail() + "."
        : "%s (%s).".formatted(Cause.of(failure).headline(), failure.detail());
  }
}
