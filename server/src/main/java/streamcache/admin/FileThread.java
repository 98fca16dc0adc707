package streamcache.admin;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import streamcache.event.RequestMark;

/**
 * Runs what reads a file or computes for long, for a virtual thread that waits: either would block
 * its carrier, and with it the players.
 */
final class FileThread {

  private FileThread() {}

  /** Returns the result, computed on a platform thread of its own. */
  static <T> T call(Supplier<T> task) {
    return CompletableFuture.supplyAsync(
            task,
            run -> Thread.ofPlatform().daemon().name("api-file").start(RequestMark.carried(run)))
        .join();
  }
}
