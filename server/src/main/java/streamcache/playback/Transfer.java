package streamcache.playback;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import streamcache.fill.Demand;
import streamcache.fill.Pass;
import streamcache.fill.Trouble;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.FillSettings;
import streamcache.store.Extent;
import streamcache.store.Generation;
import streamcache.store.Reader;

/**
 * Sends bytes of one generation to one player: what is present at once, then what arrives, and past
 * the store when that takes no bytes. Used by the playback's thread alone.
 */
final class Transfer implements AutoCloseable {

  /** A reader's hold moves on after this much; bounds what eviction must leave behind it. */
  private static final long STEP_BYTES = 4L * 1024 * 1024;

  /** Between two looks whether the store takes bytes again. */
  private static final long PASS_BYTES = 64L * 1024 * 1024;

  private static final int PASS_BUFFER_BYTES = 64 * 1024;

  private static final int MOST_FRUITLESS = 3;

  /** Why a playback is cut when the disk fails. */
  static final String UNREADABLE = "what is stored cannot be read";

  private final Exchange exchange;
  private final Generation generation;
  private final FillSettings settings;
  private final Tally tally;
  private final ByteRange range;
  private final Reader reader;
  private final RangeSet presentBefore;

  private @Nullable Supplier<Demand> wishes;
  private @Nullable Demand demand;
  private boolean passing;

  /** Connections past the store in a row that were accepted and brought no byte. */
  private int fruitless;

  /**
   * @param range what will be sent; its end may lie behind that of the title
   * @param presentBefore what was present when the request came
   */
  Transfer(
      Exchange exchange,
      Generation generation,
      FillSettings settings,
      Tally tally,
      ByteRange range,
      RangeSet presentBefore) {
    this.exchange = exchange;
    this.generation = generation;
    this.settings = settings;
    this.tally = tally;
    this.range = range;
    this.reader = generation.reader(range.start());
    this.presentBefore = presentBefore;
  }

  /**
   * What keeps missing bytes coming: made at once, unless all are there, since the reader keeps
   * those that are; and when the disk turns out to have lost some.
   */
  void demand(Supplier<Demand> maker) {
    wishes = maker;
    if (!generation.isComplete()) {
      demand = maker.get();
    }
  }

  /**
   * Waits until the first byte is there or surely comes, so that the status can still be honest.
   * Returns at once for an empty title.
   */
  void awaitFirst() throws Refusal, ClientGone, InterruptedException {
    awaitAdmission();
    long first = range.start();
    if (isPresent(first) || isBehindEnd(first)) {
      return;
    }
    Demand wish = settle();
    if (comes(wish, first, settings.answerWithin())) {
      return;
    }
    Duration longer = settings.holdsLonger();
    if (wish.isInSight(longer) && comes(wish, first, longer)) {
      return;
    }
    if (passes(wish)) {
      passing = true;
      return;
    }
    throw new Refusal(Playback.failure(wish));
  }

  /** What is stored is not begun either if it could not be gone on with. */
  private void awaitAdmission() throws Refusal, ClientGone, InterruptedException {
    Demand wish = demand;
    if (wish == null) {
      return;
    }
    boolean admitted = wish.awaitAdmission(settings.placeWaitMax(), exchange::isGone);
    if (exchange.isGone()) {
      throw new ClientGone("left while waiting for its turn");
    }
    if (!admitted) {
      throw new Refusal(wish.excuse());
    }
  }

  private boolean comes(Demand wish, long first, Duration within)
      throws ClientGone, InterruptedException {
    return wait(wish, first, within) || isBehindEnd(first) || wish.isServed();
  }

  /**
   * Waits for the first byte as long as bytes keep arriving.
   *
   * @return false when the title turns out to end before it
   */
  boolean awaitStart() throws Refusal, ClientGone, InterruptedException {
    awaitAdmission();
    long first = range.start();
    if (isPresent(first)
        || (!isBehindEnd(first) && wait(settle(), first, settings.followerWaitMax()))) {
      return true;
    }
    if (isBehindEnd(first)) {
      return false;
    }
    throw new Refusal(Playback.failure(settle()));
  }

  /** Sends the range up to {@code end}, or to the title's end once that is known. */
  void send(long end) throws ClientGone, CutShort, InterruptedException {
    long position = range.start();
    while (position < Math.min(end, generation.total().orElse(Long.MAX_VALUE))) {
      Optional<Extent> extent = reader.at(position, Math.min(STEP_BYTES, end - position));
      if (extent.isPresent()) {
        position = deliver(position, extent.get());
      } else {
        position = across(position, end);
      }
    }
  }

  /** At a hole: waits for its bytes, or passes them by the store. */
  private long across(long position, long end) throws ClientGone, CutShort, InterruptedException {
    Demand wish = settle();
    if (!passing && wait(wish, position, settings.followerWaitMax())) {
      return position;
    }
    if (isBehindEnd(position)) {
      return position;
    }
    if (passing || passes(wish)) {
      return pass(wish, position, end);
    }
    if (generation.isSuperseded()) {
      throw new CutShort("the provider's file has changed");
    }
    throw new CutShort(Playback.failure(wish).detail());
  }

  private boolean wait(Demand wish, long position, Duration idle)
      throws ClientGone, InterruptedException {
    wish.block(position);
    try {
      generation.await(
          position,
          idle,
          () -> exchange.isGone() || wish.trouble().isPresent() || generation.isSuperseded());
    } finally {
      wish.unblock();
    }
    if (exchange.isGone()) {
      throw new ClientGone("left while waiting for bytes");
    }
    return isPresent(position);
  }

  private long pass(Demand wish, long start, long end)
      throws ClientGone, CutShort, InterruptedException {
    passing = true;
    wish.moveTo(start);
    long position = start;
    boolean opened = false;
    try (Pass pass = wish.pass(generation, settings.followerWaitMax(), exchange::onGone)) {
      opened = true;
      ByteBuffer buffer = ByteBuffer.allocate(PASS_BUFFER_BYTES);
      long stop = Math.min(end, start + PASS_BYTES);
      while (position < stop && !isPresent(position)) {
        long at = pass.position();
        int count = pass.read(buffer.clear());
        if (count < 0) {
          throw new OriginException(
              new Failure.Broken(OptionalInt.empty(), "the provider ended before its time"));
        }
        buffer.flip();
        long skip = Math.min(count, Math.max(0, position - at));
        buffer.position((int) skip);
        buffer.limit((int) Math.min(count, skip + end - position));
        long length = buffer.remaining();
        exchange.body(buffer);
        position += length;
        tally.add(length, /* stored= */ 0);
      }
    } catch (OriginException e) {
      if (exchange.isGone()) {
        throw new ClientGone("left while waiting for the provider");
      }
      if (!opened || (position == start && ++fruitless > MOST_FRUITLESS)) {
        throw new CutShort(e.failure().detail());
      }
    }
    fruitless = position > start ? 0 : fruitless;
    wish.resume();
    passing = false;
    return position;
  }

  private long deliver(long position, Extent extent) throws ClientGone, CutShort {
    long before = exchange.sent();
    if (demand != null) {
      demand.sends();
    }
    try {
      exchange.body(extent.file(), extent.from(), extent.to());
    } catch (Unreadable e) {
      reader.unreadable(position + exchange.sent() - before);
      throw new CutShort(UNREADABLE);
    } finally {
      ByteRange taken = ByteRange.ofLength(position, exchange.sent() - before);
      tally.add(taken.length(), taken.length() - presentBefore.holes(taken).size());
      if (demand != null) {
        demand.sent(taken.length(), taken.end());
      }
    }
    return position + extent.length();
  }

  private boolean isPresent(long position) {
    return generation.present().contains(position);
  }

  private boolean isBehindEnd(long position) {
    return generation.total().isPresent() && position >= generation.total().getAsLong();
  }

  private static boolean passes(Demand wish) {
    return wish.trouble().filter(Trouble.StoreRefuses.class::isInstance).isPresent();
  }

  private Demand settle() {
    Demand known = demand;
    if (known != null) {
      return known;
    }
    Demand made = Objects.requireNonNull(wishes, "before anything is sent").get();
    demand = made;
    return made;
  }

  /**
   * @param asked what it is when not all of it was present
   * @param isFirst a short film may have arrived between its first byte and this transfer
   */
  Decided decided(Decided asked, boolean isFirst) {
    if (passing) {
      return Decided.PASS;
    }
    if (isFirst) {
      return asked;
    }
    ByteRange known =
        new ByteRange(
            range.start(),
            Math.max(range.start(), Math.min(range.end(), generation.total().orElse(range.end()))));
    return presentBefore.covers(known) ? Decided.HIT : asked;
  }

  @Override
  public void close() {
    reader.close();
  }
}
