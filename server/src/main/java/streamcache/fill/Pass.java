package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Call;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.store.Generation;

/**
 * A connection of one playback's own while the store takes no bytes; counted like any other. Used
 * and closed by the playback's thread.
 */
public final class Pass implements AutoCloseable {

  private final Account account;
  private final Fill fill;
  private final Fetch fetch;
  private final Call call = new Call();
  private volatile long position;
  private volatile boolean isOver;
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
    Upstream open = Objects.requireNonNull(upstream, "handed out before it was open");
    int portion = account.portion(buffer.remaining());
    buffer.limit(buffer.position() + portion);
    int count = open.read(buffer);
    account.pace(count, () -> isOver);
    long next = position + Math.max(0, count);
    position = next;
    return count;
  }

  /** Cuts it from any thread, also while it is being opened. */
  public void abort() {
    isOver = true;
    account.hurry();
    call.cancel();
    Upstream open = upstream;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    abort();
    account.ended(this);
  }

  Fill fill() {
    return fill;
  }
}
