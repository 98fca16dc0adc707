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
import streamcache.store.Generation;

/**
 * A connection of one playback's own while the store takes no bytes; counted like any other. Used
 * and closed by the playback's thread, or closed by the dispatcher in favour of somebody else.
 */
public final class Pass implements AutoCloseable {

  /** A player that takes nothing for so long has enough for longer than a change takes. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Account account;
  private final Fill fill;
  private final Fetch fetch;
  private final Call call = new Call();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long position;
  private volatile boolean aborted;

  /** Monotonic nanoseconds since when the player has what was read; 0 while more is read. */
  private volatile long handedOverAt;

  private volatile @Nullable Upstream upstream;

  Pass(Account account, Fill fill, Fetch fetch) {
    this.account = account;
    this.fill = fill;
    this.fetch = fetch;
    this.position = fetch.start();
  }

  /**
   * Asks the provider; blocks.
   *
   * @throws OriginException the provider's failure, or Changed when its answer does not belong to
   *     the generation
   */
  void open(Source source, Generation generation) throws OriginException {
    Upstream answer = source.open(fetch, call);
    upstream = answer;
    position = answer.start();
    Optional<String> objection = SpliceGuard.objection(generation, answer.facts());
    if (objection.isPresent()) {
      throw new OriginException(new Failure.Changed(OptionalInt.empty(), objection.get()));
    }
  }

  /** Offset of the next byte that {@link #read} brings. */
  public long position() {
    return position;
  }

  /**
   * Reads on; blocks.
   *
   * @return bytes read, -1 at the clean end
   */
  public int read(ByteBuffer buffer) throws OriginException {
    handedOverAt = 0;
    Upstream open = Objects.requireNonNull(upstream, "handed out before it was open");
    int portion = account.portion(buffer.remaining());
    buffer.limit(buffer.position() + portion);
    int count = open.read(buffer);
    account.pace(count, () -> aborted || ended.get());
    long next = position + Math.max(0, count);
    position = next;
    handedOverAt = System.nanoTime();
    return count;
  }

  /** Cuts it from any thread, also while it is being opened; the player has left. */
  public void abort() {
    aborted = true;
    cut();
  }

  /** Whether the player has not taken what was read last for a while: it is paused, or well fed. */
  boolean isIdle(long now) {
    long since = handedOverAt;
    return since != 0 && now - since >= IDLE.toNanos();
  }

  boolean isAborted() {
    return aborted;
  }

  private void cut() {
    account.hurry();
    call.cancel();
    Upstream open = upstream;
    if (open != null) {
      open.close();
    }
  }

  /** Ends it and gives back its place, from any thread; a {@link #read} fails from now on. */
  @Override
  public void close() {
    cut();
    if (ended.compareAndSet(false, true)) {
      account.ended(this);
    }
  }

  Fill fill() {
    return fill;
  }
}
