package streamcache.origin;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Looks names up on a small thread pool of its own: the system's resolver has no time-out, cannot
 * be interrupted, and blocks the calling thread. Concurrent lookups of one name share one query.
 * One per process; any thread.
 */
final class LookUps implements AutoCloseable {

  /** A name that gets no answer holds one thread for as long as the system's resolver waits. */
  private static final int THREADS = 32;

  private static final int WAITING = 256;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

  private final Resolver resolver;
  private final Duration within;
  private final ThreadPoolExecutor threads;
  private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> running =
      new ConcurrentHashMap<>();

  /**
   * @param within how long a caller waits for the result
   */
  LookUps(Resolver resolver, Duration within) {
    this.resolver = resolver;
    this.within = within;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("look-up ", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * All addresses of a host; an address literal stands for itself, without a lookup.
   *
   * @throws OriginException Unreachable if there are none, Slow if the lookup times out or the
   *     queue is full
   */
  List<InetAddress> addresses(String host, Call call) throws OriginException {
    if (host.indexOf(':') >= 0 || IPV4.matcher(host).matches()) {
      return List.of(InetAddress.ofLiteral(host));
    }
    CompletableFuture<List<InetAddress>> mine = join(host).copy();
    call.during(() -> mine.cancel(false));
    try {
      return mine.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw NetworkFailures.lookingUp(e.getCause());
    } catch (TimeoutException | CancellationException e) {
      throw NetworkFailures.lookingUp(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NetworkFailures.lookingUp(e);
    }
  }

  private CompletableFuture<List<InetAddress>> join(String host) {
    CompletableFuture<List<InetAddress>> begun = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> earlier = running.putIfAbsent(host, begun);
    if (earlier != null) {
      return earlier;
    }
    try {
      threads.execute(() -> lookUp(host, begun));
    } catch (RejectedExecutionException e) {
      running.remove(host);
      begun.completeExceptionally(e);
    }
    return begun;
  }

  private void lookUp(String host, CompletableFuture<List<InetAddress>> begun) {
    try {
      List<InetAddress> found = resolver.resolve(host);
      running.remove(host);
      begun.complete(found);
    } catch (Throwable e) {
      // Whatever failed, the waiting callers must learn of it, and the next caller must be able to
      // retry.
      running.remove(host);
      begun.completeExceptionally(e);
    }
  }

  /** Running lookups end by themselves. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
