package streamcache.playback;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import streamcache.fill.Demand;
import streamcache.fill.DemandTrouble;
import streamcache.fill.Pass;
import streamcache.live.LiveReader;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.store.Extent;
import streamcache.store.Generation;
import streamcache.store.Reader;

/**
 * Sends bytes of one generation to one player: first what is present, then what arrives; past the
 * store when that takes no bytes. Used only by the playback's thread.
 */
final class Transfer implements AutoCloseable {

  /** The reader's hold advances in steps of this size; bounds what eviction must keep behind it. */
  private static final long STEP_BYTES = 4L * 1024 * 1024;

  /** Of a complete title, of which nothing has to be fetched for the player meanwhile. */
  private static final long STEP_OF_COMPLETE_BYTES = 64L * 1024 * 1024;

  /** Bytes of one pass, after which the store is tried again. */
  private static final long PASS_BYTES = 64L * 1024 * 1024;

  private static final int PASS_BUFFER_BYTES = 64 * 1024;

  private static final int MOST_FRUITLESS = 3;

  /** Sends the head alone, so that the player has its response while the first byte is awaited. */
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Why a playback is cut when the disk fails. */
  static final String UNREADABLE = "the stored bytes cannot be read";

  private final Exchange exchange;
  private final Leaving leaving;
  private final Generation generation;
  private final Patience patience;
  private final Tally tally;
  private final ByteRange range;
  private final Reader reader;
  private final RangeSet presentBefore;

  private @Nullable Supplier<Demand> wishes;
  private @Nullable Demand demand;
  private boolean passing;

  /** Consecutive passes that were accepted and brought no byte. */
  private int fruitless;

  /**
   * @param range the bytes to send; its end may lie behind the end of the title
   * @param presentBefore the bytes present when the request came
   */
  Transfer(
      Exchange exchange,
      Generation generation,
      Patience patience,
      Tally tally,
      ByteRange range,
      RangeSet presentBefore) {
    this.exchange = exchange;
    this.leaving = new Leaving(exchange);
    this.generation = generation;
    this.patience = patience;
    this.tally = tally;
    this.range = range;
    this.reader = generation.reader(range.start());
    this.presentBefore = presentBefore;
  }

  /**
   * Sets the source of the demand that has missing bytes fetched. The demand is made at once unless
   * all bytes are present, which the reader then keeps; it is made later if the disk turns out to
   * have lost some.
   */
  void demand(Supplier<Demand> maker) {
    wishes = maker;
    if (!generation.isComplete()) {
      demand = maker.get();
    }
  }

  /**
   * Waits until the first byte is present or certain to come, so that the status can still report a
   * failure. Returns at once for an empty title.
   */
  void awaitFirst() throws PlaybackRefused, ClientGone, InterruptedException {
    awaitAdmission();
    long first = range.start();
    if (isPresent(first) || isBehindEnd(first)) {
      return;
    }
    Demand wish = settle();
    if (comes(wish, first, patience::forAnswer)) {
      return;
    }
    if (wish.isInSight(patience.forSlot()) && comes(wish, first, patience::forSlot)) {
      return;
    }
    if (comesLate(wish, first)) {
      return;
    }
    if (passes(wish)) {
      passing = true;
      return;
    }
    throw new PlaybackRefused(Playback.failure(wish));
  }

  /** Stored bytes are not sent either if the rest could not follow. */
  private void awaitAdmission() throws PlaybackRefused, ClientGone, InterruptedException {
    Demand wish = demand;
    if (wish == null) {
      return;
    }
    boolean admitted =
        wish.awaitAdmission(Duration.ZERO, exchange::isGone)
            || wish.awaitAdmission(patience.forAnswer(), exchange::isGone);
    if (!admitted && wish.isInSight(patience.forSlot())) {
      admitted = wish.awaitAdmission(patience.forSlot(), exchange::isGone);
    }
    if (exchange.isGone()) {
      throw new ClientGone("left while waiting for its turn");
    }
    if (!admitted) {
      throw new PlaybackRefused(wish.excuse());
    }
  }

  /** Waits no longer than {@code left}, however many earlier bytes arrive meanwhile. */
  private boolean comes(Demand wish, long first, Supplier<Duration> left)
      throws ClientGone, InterruptedException {
    return wait(wish, first, left.get(), () -> left.get().isZero())
        || isBehindEnd(first)
        || wish.isServed();
  }

  /** Waits longer while the provider has accepted the connection and not yet sent a byte. */
  private boolean comesLate(Demand wish, long first) throws ClientGone, InterruptedException {
    return wish.isProviderSilent()
        && (wait(wish, first, patience.forFirstByte(), () -> !wish.isProviderSilent())
            || isBehindEnd(first)
            || wish.isServed());
  }

  /**
   * Waits for the first byte as long as bytes keep arriving: until then the length to announce is
   * unknown.
   *
   * @return false when the title turns out to end before it
   */
  boolean awaitStart() throws PlaybackRefused, ClientGone, InterruptedException {
    awaitAdmission();
    long first = range.start();
    if (isPresent(first)) {
      return true;
    }
    if (isBehindEnd(first)) {
      return false;
    }
    Demand wish = settle();
    if (wait(wish, first, patience.forAnswer())
        || (wish.isInSight(patience.forSlot()) && wait(wish, first, patience.forSlot()))) {
      return true;
    }
    if (isBehindEnd(first)) {
      return false;
    }
    throw new PlaybackRefused(Playback.failure(wish));
  }

  /** Sends the range up to {@code end}, or to the title's end once that is known. */
  void send(long end) throws ClientGone, CutShort, InterruptedException {
    long position = range.start();
    while (position < Math.min(end, generation.total().orElse(Long.MAX_VALUE))) {
      long step = demand == null ? STEP_OF_COMPLETE_BYTES : STEP_BYTES;
      Optional<Extent> extent = reader.at(position, Math.min(step, end - position));
      if (extent.isPresent()) {
        position = deliver(position, extent.get());
      } else {
        position = across(position, end);
      }
    }
  }

  /** At a hole: waits for its bytes, or sends them past the store. */
  private long across(long position, long end) throws ClientGone, CutShort, InterruptedException {
    Demand wish = settle();
    exchange.body(NOTHING);
    if (!passing && wait(wish, position, patience.forNextByte())) {
      return position;
    }
    if (isBehindEnd(position)) {
      return position;
    }
    if (passing || passes(wish)) {
      return pass(wish, position, end);
    }
    if (end == Long.MAX_VALUE && wish.broadcast().isPresent()) {
      // What was stored is deleted with its last reader, and a broadcast may play for days.
      reader.close();
      LiveReader goesOn = wish.broadcast().get().window().reader(position);
      new BroadcastTransfer(exchange, patience, tally, wish).send(goesOn);
    }
    if (generation.isSuperseded()) {
      throw new CutShort("the provider's file has changed");
    }
    throw new CutShort(Playback.failure(wish).detail());
  }

  private boolean wait(Demand wish, long position, Duration idle)
      throws ClientGone, InterruptedException {
    return wait(wish, position, idle, () -> false);
  }

  private boolean wait(Demand wish, long position, Duration idle, BooleanSupplier isLate)
      throws ClientGone, InterruptedException {
    wish.block(position);
    try {
      generation.await(
          position,
          idle,
          () ->
              exchange.isGone()
                  || wish.trouble().isPresent()
                  || generation.isSuperseded()
                  || isLate.getAsBoolean());
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
    try (Pass pass = wish.pass(generation, patience.forNextByte(), leaving)) {
      opened = true;
      ByteBuffer buffer = ByteBuffer.allocate(PASS_BUFFER_BYTES);
      long stop = Math.min(end, start + PASS_BYTES);
      while (position < stop && !isPresent(position)) {
        long at = pass.position();
        int count = pass.read(buffer.clear());
        if (count < 0) {
          throw new OriginException(
              new Failure.Broken(OptionalInt.empty(), "the provider ended the response early"));
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
    } finally {
      leaving.forget();
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
    return wish.trouble().filter(DemandTrouble.StoreRefuses.class::isInstance).isPresent();
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
   * @param asked the result when not all bytes were present
   * @param isFirst whether the title was unknown before this playback; a short title may have
   *     arrived between its first byte and this transfer
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
