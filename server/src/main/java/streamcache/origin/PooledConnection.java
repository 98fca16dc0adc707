package streamcache.origin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import streamcache.link.AccountId;

/**
 * A network connection in use by one exchange. It is released exactly once, by whichever comes
 * first: the thread that has read the body to its end, or a thread that cuts it.
 */
final class PooledConnection {

  private final PoolingHttpClientConnectionManager pool;
  private final ConnectionEndpoint endpoint;
  private final AccountId account;
  private final boolean isUsed;
  private final Duration idle;
  private final Runnable leaving;
  private final AtomicBoolean isGivenBack = new AtomicBoolean();

  /**
   * @param isUsed whether an earlier exchange used the connection
   * @param idle how long the connection may stay idle
   * @param leaving run before the connection becomes idle
   */
  PooledConnection(
      PoolingHttpClientConnectionManager pool,
      ConnectionEndpoint endpoint,
      boolean isUsed,
      Duration idle,
      AccountId account,
      Runnable leaving) {
    this.pool = pool;
    this.account = account;
    this.leaving = leaving;
    this.idle = idle;
    this.endpoint = endpoint;
    this.isUsed = isUsed;
  }

  ConnectionEndpoint endpoint() {
    return endpoint;
  }

  /** Whether an earlier exchange used it: the provider may have closed it meanwhile. */
  boolean isUsed() {
    return isUsed;
  }

  /** Closes the connection abruptly; wakes a blocked read, never waits. Idempotent. */
  void cut() {
    if (isGivenBack.compareAndSet(false, true)) {
      endpoint.close(CloseMode.IMMEDIATE);
      pool.release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
    }
  }

  /** Keeps the connection for the next request, after the body was read to its end. Idempotent. */
  void giveBack() {
    if (isGivenBack.compareAndSet(false, true)) {
      leaving.run();
      pool.release(endpoint, account, TimeValue.of(idle));
      // The pool itself checks idle connections only when the same host is requested again.
      CompletableFuture.delayedExecutor(
              idle.toMillis() + 1, TimeUnit.MILLISECONDS, Thread::startVirtualThread)
          .execute(pool::closeExpired);
    }
  }
}
