package streamcache.origin;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The hold on one {@link Origin#open} from outside: whoever opens keeps it and may cancel from any
 * thread, whatever step the opening is at. One a fetch, never used again.
 */
public final class Call {

  private volatile @Nullable Runnable cut;
  private volatile @Nullable Failure ending;

  /** Ends the opening at once with Broken; never blocks for the network. Idempotent. */
  public void cancel() {
    end(new Failure.Broken(OptionalInt.empty(), "closed"));
  }

  /**
   * Ends it with Slow once {@code most} is over: a head that comes letter by letter is never silent
   * for long enough to be a stall.
   *
   * @return to be completed when the opening is over
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
   * Takes the next step, which {@code cutter} can end from another thread.
   *
   * @throws OriginException when the end has come already; the cutter was run then
   */
  void during(Runnable cutter) throws OriginException {
    cut = cutter;
    Failure over = ending;
    if (over != null) {
      cutter.run();
      throw new OriginException(over);
    }
  }

  /** Closes what was opened and throws when the end came while it was being opened. */
  void check(Upstream opened) throws OriginException {
    Failure over = ending;
    if (over != null) {
      opened.close();
      throw new OriginException(over);
    }
  }

  boolean isOver() {
    return ending != null;
  }

  /** Why the opening ended: because it was told to, or for the reason given. */
  OriginException ending(OriginException otherwise) {
    Failure over = ending;
    return over == null ? otherwise : new OriginException(over);
  }

  private void expire() {
    end(new Failure.Slow(OptionalInt.empty(), "no answer in time"));
  }

  /** First the reason, then the cut: a step that begins in between finds the reason. */
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
