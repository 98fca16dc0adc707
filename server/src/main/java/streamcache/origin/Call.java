package streamcache.origin;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A handle on one {@link Origin#open}. The caller keeps it and may cancel the open from any thread,
 * at any step. One per fetch; never reused.
 */
public final class Call {

  private volatile @Nullable Runnable cut;
  private volatile @Nullable Failure ending;
  private volatile boolean connected;

  /** Ends the open at once with Broken; never blocks on the network. Idempotent. */
  public void cancel() {
    end(new Failure.Broken(OptionalInt.empty(), "closed"));
  }

  /**
   * Ends the open with Slow after {@code most}. A head that arrives byte by byte is never silent
   * long enough to count as a stall.
   *
   * @return a future that the caller completes when the open is over
   */
  CompletableFuture<Void> limit(Duration most) {
    CompletableFuture<Void> opened = new CompletableFuture<>();
    var _ =
        opened
            .orTimeout(most.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((_, late) -> {
              if (late != null) {
                Thread.startVirtualThread(this::expire);
              }
            });
    return opened;
  }

  /**
   * Begins the next step, which {@code cutter} can end from another thread.
   *
   * @throws OriginException if the open has already ended; {@code cutter} has then been run
   */
  void during(Runnable cutter) throws OriginException {
    cut = cutter;
    Failure over = ending;
    if (over != null) {
      cutter.run();
      throw new OriginException(over);
    }
  }

  /** Closes {@code opened} and throws if the open was ended in the meantime. */
  void check(Upstream opened) throws OriginException {
    Failure over = ending;
    if (over != null) {
      opened.close();
      throw new OriginException(over);
    }
  }

  /** Called once the provider has accepted the connection; the request follows. */
  public void connected() {
    connected = true;
  }

  /** Whether the provider has accepted the connection, so that only its response is pending. */
  public boolean isConnected() {
    return connected;
  }

  boolean isOver() {
    return ending != null;
  }

  /** Returns the reason for which the open was ended, or else {@code otherwise}. */
  OriginException ending(OriginException otherwise) {
    Failure over = ending;
    return over == null ? otherwise : new OriginException(over);
  }

  private void expire() {
    end(new Failure.Slow(OptionalInt.empty(), "no answer in time"));
  }

  /** Sets the reason before the cut, so that a step that begins in between sees the reason. */
  private void end(Failure why) {
    if (ending == null) {
      ending = why;
    }
    Runnable cutter = cut;
    if (cutter != null) {
      cutter.run();
    }
  }
}
