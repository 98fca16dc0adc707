package streamcache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import streamcache.event.RequestMark;
import streamcache.origin.Call;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.Effect;
import streamcache.schedule.ObservedTransfer;
import streamcache.schedule.RangeSupport;
import streamcache.schedule.RequestTerms;
import streamcache.schedule.WholeResponse;
import streamcache.store.Generation;
import streamcache.store.PromisedEnd;
import streamcache.store.StoreException;

/**
 * One upstream exchange that appends bytes to a generation from an offset on. Runs on its own
 * platform thread, since it writes files; its account opens and closes it.
 */
final class UpstreamConnection implements ObservedTransfer, Runnable {

  /**
   * The size of one read and one write: a larger buffer would not fill, a smaller one costs
   * wake-ups.
   */
  private static final int BUFFER_BYTES = Upstream.MOST_A_READ;

  /** Up to this many present bytes are read over and dropped; beyond, reconnecting costs less. */
  private static final long READ_OVER_BYTES = 512 * 1024;

  static final Failure FAULT =
      new Failure.Broken(OptionalInt.empty(), "internal error of this server");

  private final long number;
  private final Driver driver;
  private final Fill fill;
  private final Source source;
  private final RangeSupport support;
  private final RequestTerms terms;
  private final Fetch fetch;
  private final Adoption adoption;
  private final NodeCopy copy;

  /** The id of the player's request that caused it; empty if nobody waits. */
  private final String request;

  private volatile long position;
  private volatile long limit;
  private volatile boolean closing;
  private volatile boolean started;
  private volatile boolean answered;
  private final Call call = new Call();
  private volatile @Nullable Upstream upstream;

  /** Whether nobody needs its bytes soon. */
  private volatile boolean isFill;

  private final Flow flow = new Flow();
  private final Yield brought = new Yield();
  private final ConnectionEvents events;
  private final FileEnd fileEnd;
  private final Reception reception;
  private final long begun;

  UpstreamConnection(Driver driver, Effect.Open open, Fill fill, Source source, Channels channels) {
    this.number = open.connection();
    this.driver = driver;
    this.begun = driver.now();
    this.fill = fill;
    this.source = source;
    this.support = open.support();
    this.terms = open.terms();
    this.fetch = fill.fetch(open);
    this.request = open.isAwaited() ? fill.request().get() : "";
    this.events = new ConnectionEvents(open, request, brought);
    this.fileEnd = new FileEnd(fill, fetch, brought);
    this.reception =
        new Reception(fill, source, channels, fetch.link(), driver.throttle().limits());
    this.position = fill.isBroadcast() ? fill.present().presentUntil(0) : fetch.start();
    this.limit = open.range().end();
    this.adoption = new Adoption(driver, open, fill, source, brought);
    this.copy = new NodeCopy(driver, open, fill, source);
  }

  @Override
  public void run() {
    RequestMark.during(request, this::fetchAll);
  }

  private void fetchAll() {
    started = true;
    // Any other exception is a fault of this server; its thread's handler logs it.
    Ending ending = new Ending.Failed(FAULT);
    try {
      ending = transfer();
    } catch (OriginException e) {
      ending = fileEnd.after(e.failure(), answered);
    } catch (StoreException e) {
      ending = new Ending.Refused(e.kind());
    } finally {
      boolean isOurs = closing && ending instanceof Ending.Failed;
      driver.ended(this, isOurs ? new Ending.Closed() : ending);
    }
  }

  private Ending transfer() throws OriginException, StoreException {
    ByteBuffer buffer = Buffers.take(BUFFER_BYTES);
    try {
      Optional<Upstream> stored = copy.find(buffer);
      return stored.isPresent() ? copied(stored.get(), buffer) : asked(buffer);
    } finally {
      Buffers.give(buffer);
    }
  }

  /** Asks the provider. */
  private Ending asked(ByteBuffer buffer) throws OriginException, StoreException {
    adoption.sample(range -> opened(fill.fetch(terms, range)));
    try (Upstream answer = opened(fetch)) {
      if (closing) {
        return new Ending.Closed();
      }
      position = answer.start();
      if (ignoresRanges(answer)) {
        WholeResponse whole = adoption.whole(answer.facts(), fetch.ifRange().isPresent());
        switch (driver.ask(machine -> machine.withoutRanges(number, whole))) {
          case SUPERFLUOUS, ASK_AGAIN -> {
            return new Ending.Closed();
          }
          case TO_THE_END -> limit = Long.MAX_VALUE;
          case FACTS -> {}
        }
      }
      if (position == 0 && (ignoresRanges(answer) || !support.hasRanges())) {
        brought.isWhole();
      }
      try {
        return pump(answer, buffer);
      } finally {
        brought.isSpent(answer.isSpent());
      }
    }
  }

  /** Takes what another node has stored; the buffer holds the first of it. */
  private Ending copied(Upstream stored, ByteBuffer buffer) throws OriginException, StoreException {
    try (Upstream answer = held(stored)) {
      brought.isCopied();
      driver.on(new AccountEvent.ConnectionCopies(number));
      if (closing) {
        return new Ending.Closed();
      }
      position = answer.start();
      flow.begins(driver.now());
      Generation generation = copy.generation(position, buffer);
      answers();
      OverlapCheck seam = OverlapCheck.vouched(generation);
      return deliver(answer, generation, seam, buffer, buffer.position());
    }
  }

  private Upstream opened(Fetch request) throws OriginException {
    return held(source.open(request, call));
  }

  private Upstream held(Upstream answer) {
    upstream = answer;
    if (closing) {
      answer.close();
    }
    return answer;
  }

  /** Whether the response is the whole file although a range was requested. */
  private boolean ignoresRanges(Upstream answer) {
    boolean isLonger = answer.length().orElse(Long.MAX_VALUE) > fetch.end().orElse(Long.MAX_VALUE);
    return answer.start() == 0 && (fetch.start() > 0 || isLonger);
  }

  private Ending pump(Upstream answer, ByteBuffer buffer) throws OriginException, StoreException {
    int count = first(answer, buffer);
    flow.begins(driver.now());
    if (reception.begins(answer, buffer.duplicate().flip(), driver.now())) {
      return receive(answer, buffer);
    }
    Optional<Generation> adopted = adoption.adopt(answer.facts(), position, buffer);
    if (adopted.isEmpty()) {
      return new Ending.Closed();
    }
    Generation generation = adopted.get();
    OverlapCheck seam = adoption.overlap(generation, answer.facts());
    if (fetch.end().isEmpty()) {
      answer.length().ifPresent(bytes -> PromisedEnd.promise(generation, answer.start() + bytes));
    }
    answers();
    return deliver(answer, generation, seam, buffer, count);
  }

  /** Stores a body, of which the buffer holds the first bytes. */
  private Ending deliver(
      Upstream answer, Generation generation, OverlapCheck seam, ByteBuffer buffer, int first)
      throws OriginException, StoreException {
    int count = first;
    while (count >= 0) {
      buffer.flip();
      store(generation, seam, buffer);
      if (closing) {
        return new Ending.Closed();
      }
      if (isDone(generation, seam)) {
        return new Ending.Finished();
      }
      if (reception.turnsOut(generation, buffer.duplicate().flip(), position, driver.now())) {
        return receive(answer, buffer.clear());
      }
      pace(count);
      buffer.clear();
      int most = driver.throttle().portion(buffer.capacity(), isFill);
      buffer.limit((int) Math.min(most, seam.reach(limit) - position));
      count = read(answer, buffer);
    }
    return fileEnd.afterBody(answer, generation, position, limit);
  }

  private void answers() {
    answered = true;
    driver.answered(this, Duration.ofNanos(driver.now() - begun));
  }

  /**
   * Receives a broadcast.
   *
   * @param buffer holds what has been read of it
   */
  private Ending receive(Upstream answer, ByteBuffer buffer) throws OriginException {
    brought.isBroadcast();
    driver.on(new AccountEvent.BroadcastBegun(number));
    int count = 0;
    while (count >= 0) {
      position = reception.take(buffer.flip(), driver.now());
      if (!answered) {
        answers();
      }
      if (reception.beginsToLast(driver.now())) {
        brought.lasts();
        driver.on(new AccountEvent.ConnectionProgressed(number));
      }
      if (closing) {
        return new Ending.Closed();
      }
      pace(count);
      buffer.clear().limit(driver.throttle().portion(buffer.capacity(), isFill));
      count = read(answer, buffer);
    }
    return new Ending.Finished();
  }

  /** Waits as long as the rate limits require. */
  private void pace(int count) {
    boolean isHeldBack = isFill && driver.throttle().isForFills();
    driver.throttle().pace(count, this::isFill, this::isClosing);
    if (isHeldBack) {
      flow.waited(position - fetch.start(), driver.now());
    }
  }

  private void store(Generation generation, OverlapCheck seam, ByteBuffer buffer)
      throws OriginException, StoreException {
    long from = position;
    int count = buffer.remaining();
    if (!seam.fits(from, buffer)) {
      driver.on(new AccountEvent.ConnectionMismatched(number));
      seam.undo();
      brought.isNoProgress();
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), "the bytes differ"));
    }
    long added = seam.add(from, count);
    generation.write(from, buffer);
    if (brought.stored(added)) {
      driver.on(new AccountEvent.ConnectionProgressed(number));
    }
    position = from + count;
  }

  /** Reads enough to compare, so that a mismatch shows at once. */
  private int first(Upstream answer, ByteBuffer buffer) throws OriginException {
    int count = read(answer, buffer);
    long wanted = adoption.wanted(answer.facts(), position);
    while (count >= 0 && buffer.position() < wanted) {
      count = read(answer, buffer);
    }
    return buffer.position() > 0 ? buffer.position() : count;
  }

  private int read(Upstream answer, ByteBuffer buffer) throws OriginException {
    int count = answer.read(buffer);
    brought.received(Math.max(0, count));
    return count;
  }

  private boolean isDone(Generation generation, OverlapCheck seam) {
    long end = Math.min(limit, generation.total().orElse(Long.MAX_VALUE));
    long presentUntil = generation.present().presentUntil(position);
    boolean comesToAnEnd =
        presentUntil >= end || (support.hasRanges() && presentUntil - position > READ_OVER_BYTES);
    return comesToAnEnd && (presentUntil == position || seam.isSure());
  }

  /**
   * Ends the connection from another thread, also during the look-up, the connect or the wait for
   * the response headers. It counts until {@link Driver#ended}.
   */
  void close() {
    closing = true;
    driver.throttle().wake();
    call.cancel();
    Upstream open = upstream;
    if (open != null) {
      open.close();
    }
  }

  /** Whether nobody needs its bytes soon. */
  boolean isFill() {
    return isFill;
  }

  void isFill(boolean now) {
    isFill = now;
  }

  /** Another connection delivers the bytes from {@code offset} on. */
  void limit(long offset) {
    limit = Math.min(limit, offset);
  }

  /** Whether its thread is running or has run. */
  boolean hasStarted() {
    return started;
  }

  boolean isClosing() {
    return closing;
  }

  long number() {
    return number;
  }

  Fill fill() {
    return fill;
  }

  /** What the listeners learn of it. */
  ConnectionEvents events() {
    return events;
  }

  /** What it has delivered; valid once it has ended. */
  Yield brought() {
    return brought;
  }

  @Override
  public boolean isAccepted() {
    return call.isConnected();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public OptionalDouble ran(long now) {
    return flow.ran(now);
  }

  @Override
  public double bandwidth(long now) {
    return fill.isBroadcast() || brought.isCopy()
        ? 0
        : flow.bandwidth(position - fetch.start(), now);
  }

  @Override
  public double rate(long now) {
    return fill.isBroadcast() ? 0 : flow.rate(position - fetch.start(), now);
  }
}
