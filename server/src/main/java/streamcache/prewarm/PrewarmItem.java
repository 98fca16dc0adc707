package streamcache.prewarm;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import streamcache.fill.Order;
import streamcache.link.Link;
import streamcache.range.ByteRange;

/**
 * One title of the queue. Its state, part and words change under the lock of {@link Prewarms}; any
 * thread may read them.
 */
final class PrewarmItem {

  /**
   * What is fetched of it now.
   *
   * @param isWhole whether the ranges are all that is wanted
   */
  private record Progress(Order order, List<ByteRange> ranges, boolean isWhole) {

    long wanted() {
      return ranges.stream().mapToLong(ByteRange::length).sum();
    }

    long stored() {
      return ranges.stream().mapToLong(order::stored).sum();
    }
  }

  private final Link link;
  private volatile PrewarmPart part;
  private volatile PrewarmState state = PrewarmState.QUEUED;
  private volatile String words = "";
  private volatile @Nullable Progress progress;
  private volatile @Nullable Thread thread;

  PrewarmItem(Link link, PrewarmPart part) {
    this.link = link;
    this.part = part;
  }

  Link link() {
    return link;
  }

  PrewarmPart part() {
    return part;
  }

  void widen(PrewarmPart to) {
    part = to;
  }

  PrewarmState state() {
    return state;
  }

  void runs(Thread on) {
    thread = on;
    state = PrewarmState.RUNNING;
  }

  /** Ends the thread that fetches it, if there is one. */
  void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  void awaitEnd(long millis) throws InterruptedException {
    Thread running = thread;
    if (running != null) {
      running.join(millis);
    }
  }

  void ends(PrewarmState as, String why) {
    words = why;
    state = as;
  }

  /** Its length is unknown as yet. */
  void begins(Order order, ByteRange first) {
    progress = new Progress(order, List.of(first), /* isWhole= */ false);
  }

  void fetches(Order order, List<ByteRange> ranges) {
    progress = new Progress(order, ranges, /* isWhole= */ true);
  }

  PrewarmStatus status() {
    Progress now = progress;
    return new PrewarmStatus(
        link.key(),
        link.name(),
        link.secrets().shownHost(link.url().host()),
        part,
        state,
        now == null || !now.isWhole() ? OptionalLong.empty() : OptionalLong.of(now.wanted()),
        now == null ? 0 : now.stored(),
        words);
  }
}
