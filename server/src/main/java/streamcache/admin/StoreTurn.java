package streamcache.admin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for work of the store's thread, which may be busy with the disk. */
final class StoreTurn {

  /** Before most programs give up. */
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private StoreTurn() {}

  static <T> T await(CompletableFuture<T> work) throws ApiException {
    return await(work, WITHIN);
  }

  static <T> T await(CompletableFuture<T> work, Duration within) throws ApiException {
    try {
      return work.get(within.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw ApiException.busy("The store is busy with the disk; it is done once it is not.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.busy("The server is stopping.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the store failed", e);
    }
  }
}
