package streamcache.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a scripted response stops until the test opens it: tests order events with gates instead of
 * sleeping. Opens once and stays open; may hold several responses. Any thread.
 */
public final class Gate {

  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final CompletableFuture<Boolean> reached = new CompletableFuture<>();

  public void open() {
    opened.complete(true);
  }

  public boolean isOpen() {
    return opened.isDone();
  }

  /**
   * Returns when a response has reached the gate: everything before it has been passed to the
   * system.
   */
  public void awaitReached() {
    try {
      var _ = reached.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer came to the gate within " + Waiting.LIMIT, e);
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public boolean isReached() {
    return reached.isDone();
  }

  /** Waits until the gate opens or {@code end} completes, whichever comes first. */
  void pass(CompletableFuture<Boolean> end) {
    reached.complete(true);
    var _ = CompletableFuture.anyOf(opened, end).join();
  }

  /** Whether the gate was reached within the time: for tests that expect nothing to arrive. */
  public boolean isReachedWithin(Duration time) {
    try {
      return reached.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
