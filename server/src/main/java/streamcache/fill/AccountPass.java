package streamcache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Call;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.schedule.ValidatorUse;
import streamcache.store.Generation;

/**
 * A pass as seen by its account. Closed by the playback's thread, or by its account when another
 * playback needs its slot.
 */
final class AccountPass implements Pass {

  /**
   * A player that takes nothing for this long has enough buffered to survive a change of
   * connections.
   */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Driver driver;
  private final Runnable onEnd;
  private final PassTurn turn;
  private final Fetch fetch;
  private final ValidatorUse validators;
  private final Call call = new Call();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long position;
  private volatile boolean aborted;

  /**
   * When the player was given what was read last, in monotonic nanoseconds; 0 while more is being
   * read.
   */
  private volatile long handedOverAt;

  private volatile @Nullable Upstream upstream;

  /**
   * @param onEnd frees its slot
   * @param validators what the validators of its response are taken to show; a pass has no stored
   *     bytes to compare, so a different one means another file unless they mean nothing
   */
  AccountPass(Driver driver, Runnable onEnd, PassTurn turn, Fetch fetch, ValidatorUse validators) {
    this.validators =
        validators == ValidatorUse.IGNORED ? ValidatorUse.IGNORED : ValidatorUse.TRUSTED;
    this.driver = driver;
    this.onEnd = onEnd;
    this.turn = turn;
    this.fetch = fetch;
    this.position = fetch.start();
  }

  /**
   * Sends the request to the provider; blocks.
   *
   * @throws OriginException with the provider's failure, or Changed when its response does not
   *     belong to the generation
   */
  void open(Source source, Generation generation) throws OriginException {
    Upstream answer = source.open(fetch, call);
    upstream = answer;
    position = answer.start();
    Optional<String> objection = SpliceGuard.objection(generation, answer.facts(), validators);
    if (objection.isPresent()) {
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), objection.get()));
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    handedOverAt = 0;
    Upstream open = Objects.requireNonNull(upstream, "used before it was open");
    int portion = driver.throttle().portion(buffer.remaining(), /* isFill= */ false);
    buffer.limit(buffer.position() + portion);
    int count = open.read(buffer);
    driver.throttle().pace(Math.max(0, count), () -> false, () -> aborted || ended.get());
    long next = position + Math.max(0, count);
    position = next;
    handedOverAt = driver.now();
    return count;
  }

  /** Cuts the pass because the player has left. Any thread, also while it is being opened. */
  void abort() {
    aborted = true;
    cut();
  }

  /**
   * Whether the player has not taken what was last read for a while: it is paused, or has enough.
   */
  boolean isIdle(long now) {
    long since = handedOverAt;
    return since != 0 && now - since >= IDLE.toNanos();
  }

  boolean isAborted() {
    return aborted;
  }

  /** Cuts the pass; the caller must give back its slot. */
  void cut() {
    driver.throttle().wake();
    call.cancel();
    Upstream open = upstream;
    if (open != null) {
      open.close();
    }
  }

  /** Ends the pass and gives back its slot; any further {@link #read} fails. Any thread. */
  @Override
  public void close() {
    cut();
    if (ended.compareAndSet(false, true)) {
      onEnd.run();
    }
  }

  PassTurn turn() {
    return turn;
  }
}
