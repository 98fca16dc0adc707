package streamcache.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a scripted answer stops until the test opens it: tests order events with gates instead of
 * sleeping. Opens once and stays open; may hold several answers. Any thread.
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

  /** Returns when an answer has come to the gate: everything before it is with the system. */
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

  /** Waits for the opening or for {@code end}, whichever comes first. */
  void pass(CompletableFuture<Boolean> end) {
    reached.complete(true);
    var _ = CompletableFuture.anyOf(opened, end).join();
  }

  /** For tests that expect nothing to come: whether the gate was reached within the time. */
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
