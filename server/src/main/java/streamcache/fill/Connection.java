package streamcache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.origin.Call;
import streamcache.origin.Facts;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.range.ByteRange;
import streamcache.store.Generation;
import streamcache.store.StoreException;

/**
 * One upstream exchange that appends bytes to a generation from an offset on. Runs on a platform
 * thread of its own, since it writes files; its dispatcher opens and closes it.
 */
final class Connection implements Runnable {

  /** One read, one write: larger gains nothing, smaller costs wake-ups (engine-bench section 6). */
  private static final int BUFFER_BYTES = 256 * 1024;

  /** Present bytes up to here are read over and dropped; beyond, reconnecting costs less. */
  private static final long READ_OVER_BYTES = 512 * 1024;

  /** Seconds before which a rate says more about buffers than about the line. */
  private static final double RATE_AFTER = 0.3;

  private final long id;
  private final Dispatcher dispatcher;
  private final Fill fill;
  private final Source source;
  private final Fetch fetch;

  /** Where what it is opened for begins; the fetch may begin before, to compare. */
  private final long start;

  private volatile long position;
  private volatile long limit;
  private volatile boolean closing;
  private volatile boolean answered;
  private final Call call = new Call();
  private volatile @Nullable Upstream upstream;

  private volatile boolean isFill;

  /** Whether it was held to a rate for what nobody needs: its own says nothing of the line. */
  private volatile boolean heldBack;

  /** Up to where {@link #mark} has counted; guarded by the account's lock. */
  private long marked;

  private volatile long firstByteAt;
  private boolean spent;
  private long received;
  private long stored;
  private final long begun = System.nanoTime();

  /**
   * @param stretch what it is opened for
   * @param fetch that, and what is fetched again on either side
   */
  Connection(
      long id, Dispatcher dispatcher, Fill fill, Source source, ByteRange stretch, Fetch fetch) {
    this.id = id;
    this.dispatcher = dispatcher;
    this.fill = fill;
    this.source = source;
    this.fetch = fetch;
    this.start = stretch.start();
    this.position = fetch.start();
    this.limit = stretch.end();
    this.marked = fetch.start();
  }

  @Override
  public void run() {
    Ending ending = new Ending.Closed();
    try {
      ending = transfer();
    } catch (OriginException e) {
      ending = closing ? new Ending.Closed() : new Ending.Failed(e.failure());
    } catch (StoreException e) {
      ending = new Ending.Refused(e.kind());
    } finally {
      dispatcher.ended(this, ending);
    }
  }

  private Ending transfer() throws OriginException, StoreException {
    try (Upstream answer = source.open(fetch, call)) {
      upstream = answer;
      if (closing) {
        return new Ending.Closed();
      }
      position = answer.start();
      if (ignoresRanges(answer)) {
        switch (dispatcher.withoutRanges(this)) {
          case SUPERFLUOUS -> {
            return new Ending.Closed();
          }
          case TO_THE_END -> limit = Long.MAX_VALUE;
          case FACTS -> {}
        }
      }
      ByteBuffer buffer = Buffers.take(BUFFER_BYTES);
      try {
        return pump(answer, buffer);
      } finally {
        spent = answer.isSpent();
        Buffers.give(buffer);
      }
    }
  }

  /** The whole in answer to a stretch of it. */
  private boolean ignoresRanges(Upstream answer) {
    boolean isLonger = answer.length().orElse(Long.MAX_VALUE) > fetch.end().orElse(Long.MAX_VALUE);
    return answer.start() == 0 && (fetch.start() > 0 || isLonger);
  }

  private Ending pump(Upstream answer, ByteBuffer buffer) throws OriginException, StoreException {
    int count = first(answer, buffer);
    firstByteAt = System.nanoTime();
    Generation generation = adopt(answer.facts(), buffer);
    Seam seam = new Seam(generation, SpliceGuard.isVouched(generation, answer.facts()));
    dispatcher.answered(this, Duration.ofNanos(System.nanoTime() - begun));
    while (count >= 0) {
      buffer.flip();
      store(generation, seam, buffer);
      if (closing) {
        return new Ending.Closed();
      }
      if (isDone(generation, seam)) {
        return new Ending.Finished();
      }
      heldBack |= dispatcher.pace(this, count);
      buffer.clear();
      int most = dispatcher.portion(this, buffer.capacity());
      buffer.limit((int) Math.min(most, seam.reach(limit) - position));
      count = read(answer, buffer);
    }
    return cleanEnd(answer, generation);
  }

  private void store(Generation generation, Seam seam, ByteBuffer buffer)
      throws OriginException, StoreException {
    long from = position;
    int count = buffer.remaining();
    if (!seam.fits(from, buffer)) {
      dispatcher.mismatched(this);
      seam.undo();
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), "the bytes differ"));
    }
    long added = seam.add(from, count);
    generation.write(from, buffer);
    stored += added;
    position = from + count;
  }

  /** Enough to compare what is fetched again before the start, so that it is known at once. */
  private int first(Upstream answer, ByteBuffer buffer) throws OriginException {
    int count = read(answer, buffer);
    // The whole in answer to a stretch begins elsewhere.
    long compared = position == fetch.start() ? start - position : 0;
    while (count >= 0 && buffer.position() < compared) {
      count = read(answer, buffer);
    }
    return buffer.position() > 0 ? buffer.position() : count;
  }

  private int read(Upstream answer, ByteBuffer buffer) throws OriginException {
    int count = answer.read(buffer);
    received += Math.max(0, count);
    return count;
  }

  /** The provider ended the body without an error: the end of the file, or less than promised. */
  private Ending cleanEnd(Upstream answer, Generation generation) throws OriginException {
    if (generation.total().isEmpty() && answer.length().isEmpty()) {
      generation.ended(position);
    }
    long end = Math.min(limit, generation.total().orElse(position));
    if (position < end) {
      throw new OriginException(
          new Failure.Broken(OptionalInt.empty(), "the body ended before its time"));
    }
    return new Ending.Finished();
  }

  private boolean isDone(Generation generation, Seam seam) {
    long end = Math.min(limit, generation.total().orElse(Long.MAX_VALUE));
    long presentUntil = generation.present().presentUntil(position);
    boolean comesToAnEnd =
        presentUntil >= end || (fill.hasRanges() && presentUntil - position > READ_OVER_BYTES);
    return comesToAnEnd && (presentUntil == position || seam.isSure());
  }

  /** The generation the answer belongs to: the one of the fetch, or a new one. */
  private Generation adopt(Facts facts, ByteBuffer first) throws OriginException {
    Optional<Generation> current = fill.generation();
    Optional<String> objection =
        current.flatMap(generation -> objection(generation, facts, first.duplicate().flip()));
    if (current.isPresent() && objection.isEmpty()) {
      return current.get();
    }
    if (current.isPresent() && SpliceGuard.isStub(current.get().total(), facts.total())) {
      throw new OriginException(
          new Failure.Fake(OptionalInt.empty(), "far too short for what is known of the title"));
    }
    if (!dispatcher.mayBegin(this)) {
      throw new OriginException(
          new Failure.Changed(OptionalInt.empty(), objection.orElse("another answer came first")));
    }
    if (position > 0) {
      // Only at its beginning can be told that a file is a film; slices of others must not leave.
      dispatcher.doubt(this);
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), objection.orElse("")));
    }
    Generation generation =
        fill.title().begin(source.facts(facts, fetch.link(), first.duplicate().flip()));
    fill.headLook().atFirst(first.duplicate().flip());
    dispatcher.begun(this, current);
    return generation;
  }

  private Optional<String> objection(Generation generation, Facts facts, ByteBuffer first) {
    Optional<String> told = SpliceGuard.objection(generation, facts);
    if (told.isPresent()) {
      return told;
    }
    Seam seam = new Seam(generation, SpliceGuard.isVouched(generation, facts));
    if (!seam.fits(position, first)) {
      dispatcher.mismatched(this);
      return Optional.of("the bytes differ");
    }
    return fill.isMixed() ? Optional.of("the bytes differed") : Optional.empty();
  }

  /**
   * Ends it from another thread, also while it still looks up, connects or waits for the head; it
   * stays counted until {@link Dispatcher#ended}.
   */
  void close() {
    closing = true;
    dispatcher.hurry();
    call.cancel();
    Upstream open = upstream;
    if (open != null) {
      open.close();
    }
  }

  /** Whether nobody needs soon what it brings. */
  boolean isFill() {
    return isFill;
  }

  /**
   * Notes whether anybody needs soon what it brings; with the account's lock held.
   *
   * @return bytes it brought since the last time, if nobody needed them
   */
  long mark(boolean nobody) {
    long bytes = position - marked;
    boolean before = isFill;
    marked += bytes;
    isFill = nobody;
    if (before && !nobody) {
      dispatcher.hurry();
    }
    return before ? bytes : 0;
  }

  /** Another connection brings what lies from {@code offset} on. */
  void limit(long offset) {
    limit = Math.min(limit, offset);
  }

  void answered() {
    answered = true;
  }

  boolean hasAnswered() {
    return answered;
  }

  boolean isClosing() {
    return closing;
  }

  long id() {
    return id;
  }

  Fill fill() {
    return fill;
  }

  long start() {
    return start;
  }

  long position() {
    return position;
  }

  long limit() {
    return limit;
  }

  /** Whether it brought all that was asked for, so that nothing was cut off; once it has ended. */
  boolean isSpent() {
    return spent;
  }

  long received() {
    return received;
  }

  long stored() {
    return stored;
  }

  /** Whether it will have brought all it is open for within so many seconds, at its pace. */
  boolean isOverWithin(double seconds, long now) {
    long total =
        fill.generation()
            .map(Generation::total)
            .orElse(OptionalLong.empty())
            .orElse(Long.MAX_VALUE);
    return answered && Math.min(limit, total) - position <= rate(now) * seconds;
  }

  ConnectionState state(long now) {
    return new ConnectionState(id, position, limit, rate(now), ran(now), closing);
  }

  /** What it says of the line, bytes a second; 0 while or where it says nothing. */
  double lineRate(long now) {
    return heldBack ? 0 : rate(now);
  }

  /** Over its whole life: a fast beginning out of a provider's buffer evens out soon. */
  double rate(long now) {
    double seconds = ran(now).orElse(0);
    return seconds < RATE_AFTER ? 0 : (position - fetch.start()) / seconds;
  }

  private OptionalDouble ran(long now) {
    long since = firstByteAt;
    return since == 0 ? OptionalDouble.empty() : OptionalDouble.of((now - since) / 1e9);
  }
}
