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
 * Looks names up on a few threads of its own: the system's resolver knows no time-out, cannot be
 * interrupted, and holds the thread that asks. Whoever asks for a name that is being looked up
 * joins in. One for the process; any thread.
 */
final class LookUps implements AutoCloseable {

  /** Names that do not answer hold one each for as long as the system pleases. */
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
   * @param within how long anybody waits for an answer
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
   * All addresses of a host; a literal is its own, without a look-up.
   *
   * @throws OriginException Unreachable when there are none, Slow when nobody says in time
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
      throw Trouble.lookingUp(e.getCause());
    } catch (TimeoutException | CancellationException e) {
      throw Trouble.lookingUp(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Trouble.lookingUp(e);
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
      // Whatever it was, whoever waits must hear of it, and the next one must be able to ask anew.
      running.remove(host);
      begun.completeExceptionally(e);
    }
  }

  /** Look-ups that are running end by themselves. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
