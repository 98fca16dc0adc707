package streamcache.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.StoreSettings.Eviction;

/**
 * Chooses what to give up when space is needed. A pure choice from values, made on the store's
 * thread; giving up is the janitor's. One object per choice.
 *
 * <p>HEADS, in this order: what lies behind the readers of titles larger than the cache; heads over
 * their budget, longest unread first; bodies by lowest worth, each from its end towards its head;
 * at last the other heads. LRU, and any policy where titles cannot be given up in parts: whole
 * titles, longest unread first. Pinned, open and recently read titles are never touched, but for
 * the first case.
 */
final class EvictionOrder {

  /** The share of the limit that heads of titles without a body may take: 1/10. */
  private static final long HEADS_SHARE = 10;

  private static final long NO_HEAD = -1;

  /** Kept behind the slowest reader of a title larger than the cache, for a short jump back. */
  static final long BEHIND_READER = 16L << 20;

  /**
   * A title that could give up bytes.
   *
   * @param open whether somebody reads or writes it
   * @param lowestReader the lowest offset that an open reader may still send; empty without reader
   */
  record Candidate(TitleUse use, boolean open, OptionalLong lowestReader) {}

  /**
   * What is wanted.
   *
   * @param shrinks whether titles made here can be given up in parts
   * @param limit upper limit of the store, in bytes
   * @param bytesToFree how much has to go
   * @param now epoch seconds
   */
  record Need(Eviction policy, boolean shrinks, long limit, long bytesToFree, long now) {}

  /** What there is of one title and how it takes space. */
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
   * What one title gives up.
   *
   * @param ranges of present bytes
   * @param whole nothing is left: delete the file instead
   * @param freed bytes that this frees, in whole blocks
   */
  record Victim(TitleKey key, RangeSet ranges, boolean whole, long freed) {}

  private final Function<TitleKey, Stock> stock;
  private final Need need;
  private final List<Candidate> candidates;

  /** What is left of each title touched so far, in the order of the touch. */
  private final Map<TitleKey, Stock> left = new LinkedHashMap<>();

  private final Map<TitleKey, Stock> before = new LinkedHashMap<>();
  private long missing;

  /** A title of which nothing but the head is left. */
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
   * @param stock what there is of a title; asked once for each title that is reached, never for
   *     all, since it may have to open the title
   * @return what to give up; less than needed when there is no more
   */
  static List<Victim> choose(
      List<Candidate> candidates, Function<TitleKey, Stock> stock, Need need) {
    return new EvictionOrder(candidates, stock, need).choose();
  }

  private List<Victim> choose() {
    List<TitleUse> free = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (mayGo(candidate)) {
        free.add(candidate.use());
      }
    }
    if (need.shrinks()) {
      candidates.forEach(this::shrinkBehindReaders);
    }
    if (need.policy() == Eviction.HEADS && need.shrinks()) {
      shrinkByWorth(free);
    } else {
      free.sort(Comparator.comparingLong(TitleUse::lastAccess));
      free.forEach(this::takeWhole);
    }
    return victims();
  }

  private boolean mayGo(Candidate candidate) {
    TitleUse use = candidate.use();
    return !candidate.open() && !use.pinned() && !use.isRecent(need.now());
  }

  /** A title larger than the cache passes through it as through a window. */
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
        giveUp(use, new ByteRange(at, to));
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
      shrinkFromEnd(ranked.use());
      addHead(ranked.use(), leftOf(ranked.use()).bytes());
      takeHeads(budget);
    }
    takeHeads(NO_HEAD);
  }

  private void addHead(TitleUse use, long bytes) {
    heads.add(new Head(use, bytes));
    headBytes += bytes;
  }

  /** Gives up the heads longest unread while space is missing and heads take more than that. */
  private void takeHeads(long mostBytes) {
    while (missing > 0 && headBytes > mostBytes && !heads.isEmpty()) {
      Head head = heads.remove();
      headBytes -= head.bytes();
      takeWhole(head.use());
    }
  }

  private void takeWhole(TitleUse use) {
    if (missing > 0) {
      leftOf(use).present().ranges().forEach(range -> giveUp(use, range));
    }
  }

  private void shrinkFromEnd(TitleUse use) {
    Stock now = leftOf(use);
    if (!now.footprint().shrinks()) {
      takeWhole(use);
      return;
    }
    ByteRange body = TitleParts.of(use.total()).body();
    long bodyEnd = Math.max(body.start(), roundDown(body.end(), now.footprint().unit()));
    ByteRange free = new ByteRange(body.start(), bodyEnd);
    for (ByteRange range : inside(now.present(), free).ranges().reversed()) {
      for (long end = range.end(); end > range.start() && missing > 0; ) {
        long from =
            Math.max(range.start(), roundDown(Math.min(end - 1, end - missing), TitleParts.STEP));
        giveUp(use, new ByteRange(from, end));
        end = from;
      }
    }
  }

  private Stock leftOf(TitleUse use) {
    Stock known = left.get(use.key());
    return known != null ? known : before.computeIfAbsent(use.key(), stock);
  }

  private void giveUp(TitleUse use, ByteRange range) {
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
      victims.add(new Victim(key, ranges, rest.present().isEmpty(), all.bytes() - rest.bytes()));
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
