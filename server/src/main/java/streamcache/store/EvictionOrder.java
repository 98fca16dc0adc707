package streamcache.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.EvictionPolicy;

/**
 * Chooses what to evict when space is needed. A pure function of its input, called on the keeper
 * thread; the janitor does the eviction. One object per choice.
 *
 * <p>Where titles can be evicted in parts, bytes behind the readers of titles larger than the cache
 * go first. The HEADS policy then evicts heads over their budget, least recently read first; bodies
 * by lowest worth, each from its end towards its head; the other heads; and, only if all that is
 * not enough, recently read titles, least recently read first: their bodies, then their heads. The
 * LRU policy, and any policy where titles cannot be evicted in parts, evicts whole titles, least
 * recently read first. Pinned titles are never touched, and open titles only behind their readers.
 */
final class EvictionOrder {

  /** Heads of titles without a body may take this share of the limit: 1/10. */
  private static final long HEADS_SHARE = 10;

  private static final long NO_HEAD = -1;

  /**
   * Bytes kept behind the slowest reader of a title larger than the cache, for a short jump back.
   */
  static final long BEHIND_READER = 16L << 20;

  /**
   * A title from which bytes could be evicted.
   *
   * @param open whether it is held, read or written
   * @param lowestReader the lowest offset that an open reader may still send; empty without a
   *     reader
   */
  record Candidate(TitleUse use, boolean open, OptionalLong lowestReader) {}

  /**
   * What the choice has to achieve.
   *
   * @param shrinks whether titles created here can be evicted in parts
   * @param limit upper limit of the store, in bytes
   * @param bytesToFree how many bytes have to be freed
   * @param now epoch seconds
   */
  record Need(EvictionPolicy policy, boolean shrinks, long limit, long bytesToFree, long now) {}

  /** The present bytes of one title, and the space they take. */
  record Stock(RangeSet present, Footprint footprint) {
    static final Stock NONE = new Stock(RangeSet.EMPTY, new Footprint.Sparse(/* shrinks= */ true));

    Stock without(ByteRange range) {
      return new Stock(present.minus(range), footprint);
    }

    long bytes() {
      return footprint.bytes(present);
    }
  }

  /**
   * What to evict from one title.
   *
   * @param ranges ranges of present bytes
   * @param whole nothing is left: delete the file instead
   * @param freed number of bytes freed, in whole blocks
   * @param reason why it was chosen at first
   */
  record Victim(TitleKey key, RangeSet ranges, boolean whole, long freed, EvictionReason reason) {}

  private final Function<TitleKey, Stock> stock;
  private final Need need;
  private final List<Candidate> candidates;

  /** What is left of each title chosen so far, in the order chosen. */
  private final Map<TitleKey, Stock> left = new LinkedHashMap<>();

  private final Map<TitleKey, Stock> before = new LinkedHashMap<>();
  private final Map<TitleKey, EvictionReason> reasons = new HashMap<>();
  private long missing;

  /** A title that has only its head left. */
  private record Head(TitleUse use, long bytes) {}

  private record Ranked(TitleUse use, double worth) {}

  private final Queue<Head> heads =
      new PriorityQueue<>(Comparator.comparingLong(head -> head.use().lastAccess()));

  private long headBytes;

  private EvictionOrder(List<Candidate> candidates, Function<TitleKey, Stock> stock, Need need) {
    this.candidates = candidates;
    this.stock = stock;
    this.need = need;
    this.missing = need.bytesToFree();
  }

  /**
   * @param stock looks up what is stored of a title; called once for each title considered, never
   *     for all, since it may have to open the title
   * @return what to evict; less than needed if there is no more
   */
  static List<Victim> choose(
      List<Candidate> candidates, Function<TitleKey, Stock> stock, Need need) {
    return new EvictionOrder(candidates, stock, need).choose();
  }

  /** What keeps a title from eviction altogether, except behind its readers. */
  static Optional<EvictionObstacle> obstacle(Candidate candidate) {
    if (candidate.use().pinned()) {
      return Optional.of(EvictionObstacle.KEPT);
    }
    return candidate.open() ? Optional.of(EvictionObstacle.IN_USE) : Optional.empty();
  }

  private List<Victim> choose() {
    List<TitleUse> unread =
        candidates.stream()
            .filter(candidate -> obstacle(candidate).isEmpty())
            .map(Candidate::use)
            .sorted(Comparator.comparingLong(TitleUse::lastAccess))
            .toList();
    if (need.shrinks()) {
      candidates.forEach(this::shrinkBehindReaders);
    }
    if (need.policy() == EvictionPolicy.HEADS && need.shrinks()) {
      shrinkByWorth(unread.stream().filter(use -> !use.isRecent(need.now())).toList());
      List<TitleUse> recent = unread.stream().filter(use -> use.isRecent(need.now())).toList();
      recent.forEach(use -> shrinkFromEnd(use, EvictionReason.RECENT));
      recent.forEach(use -> takeWhole(use, EvictionReason.RECENT));
    } else {
      unread.forEach(use -> takeWhole(use, EvictionReason.LEAST_RECENT));
    }
    return victims();
  }

  /** Treats the cache as a sliding window over a title larger than the cache. */
  private void shrinkBehindReaders(Candidate candidate) {
    TitleUse use = candidate.use();
    if (use.total() <= need.limit() || use.pinned() || candidate.lowestReader().isEmpty()) {
      return;
    }
    Stock now = leftOf(use);
    if (!now.footprint().shrinks()) {
      return;
    }
    ByteRange body = TitleParts.of(use.total()).body();
    long until = candidate.lowestReader().getAsLong() - BEHIND_READER;
    long end = roundDown(Math.min(until, body.end()), now.footprint().unit());
    if (end <= body.start()) {
      return;
    }
    long step = Math.max(TitleParts.STEP, now.footprint().unit());
    for (ByteRange range : inside(now.present(), new ByteRange(body.start(), end)).ranges()) {
      for (long at = range.start(); at < range.end() && missing > 0; ) {
        long to = Math.min(range.end(), roundDown(at + Math.max(missing, step), step));
        giveUp(use, new ByteRange(at, to), EvictionReason.BEHIND_READER);
        at = to;
      }
    }
  }

  private void shrinkByWorth(List<TitleUse> free) {
    List<Ranked> bodies = new ArrayList<>();
    for (TitleUse use : free) {
      if (use.usedBytes() <= TitleParts.of(use.total()).mostHeadBytes(use.total())) {
        addHead(use, use.usedBytes());
      } else {
        bodies.add(new Ranked(use, use.worth(need.now())));
      }
    }
    long budget = need.limit() / HEADS_SHARE;
    takeHeads(budget);
    bodies.sort(Comparator.comparingDouble(Ranked::worth));
    for (Ranked ranked : bodies) {
      if (missing <= 0) {
        return;
      }
      shrinkFromEnd(ranked.use(), EvictionReason.LEAST_WORTH);
      addHead(ranked.use(), leftOf(ranked.use()).bytes());
      takeHeads(budget);
    }
    takeHeads(NO_HEAD);
  }

  private void addHead(TitleUse use, long bytes) {
    heads.add(new Head(use, bytes));
    headBytes += bytes;
  }

  /**
   * Evicts heads, least recently read first, while space is missing and heads take more than {@code
   * mostBytes}.
   */
  private void takeHeads(long mostBytes) {
    while (missing > 0 && headBytes > mostBytes && !heads.isEmpty()) {
      Head head = heads.remove();
      headBytes -= head.bytes();
      takeWhole(head.use(), EvictionReason.HEAD);
    }
  }

  private void takeWhole(TitleUse use, EvictionReason reason) {
    if (missing > 0) {
      leftOf(use).present().ranges().forEach(range -> giveUp(use, range, reason));
    }
  }

  private void shrinkFromEnd(TitleUse use, EvictionReason reason) {
    if (missing <= 0) {
      return;
    }
    Stock now = leftOf(use);
    if (!now.footprint().shrinks()) {
      takeWhole(use, reason);
      return;
    }
    ByteRange body = TitleParts.of(use.total()).body();
    long bodyEnd = Math.max(body.start(), roundDown(body.end(), now.footprint().unit()));
    ByteRange free = new ByteRange(body.start(), bodyEnd);
    for (ByteRange range : inside(now.present(), free).ranges().reversed()) {
      for (long end = range.end(); end > range.start() && missing > 0; ) {
        long from =
            Math.max(range.start(), roundDown(Math.min(end - 1, end - missing), TitleParts.STEP));
        giveUp(use, new ByteRange(from, end), reason);
        end = from;
      }
    }
  }

  private Stock leftOf(TitleUse use) {
    Stock known = left.get(use.key());
    return known != null ? known : before.computeIfAbsent(use.key(), stock);
  }

  private void giveUp(TitleUse use, ByteRange range, EvictionReason reason) {
    EvictionReason _ = reasons.computeIfAbsent(use.key(), _ -> reason);
    Stock old = leftOf(use);
    Stock rest = old.without(range);
    left.put(use.key(), rest);
    missing -= old.bytes() - rest.bytes();
  }

  private List<Victim> victims() {
    List<Victim> victims = new ArrayList<>();
    left.forEach((key, rest) -> {
      Stock all = before.getOrDefault(key, Stock.NONE);
      RangeSet ranges = all.present().minus(rest.present());
      EvictionReason reason = reasons.getOrDefault(key, EvictionReason.LEAST_RECENT);
      victims.add(
          new Victim(key, ranges, rest.present().isEmpty(), all.bytes() - rest.bytes(), reason));
    });
    return victims;
  }

  private static RangeSet inside(RangeSet set, ByteRange bounds) {
    return set.minus(new ByteRange(0, bounds.start()))
        .minus(new ByteRange(bounds.end(), Long.MAX_VALUE));
  }

  private static long roundDown(long offset, long step) {
    return Math.floorDiv(offset, step) * step;
  }
}
