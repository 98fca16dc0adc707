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
 * One network connection while an exchange uses it. Given back exactly once, by whoever comes
 * first: the thread that read the body to its end, or the one that cuts it.
 */
final class Line {

  private final PoolingHttpClientConnectionManager pool;
  private final ConnectionEndpoint endpoint;
  private final AccountId account;
  private final boolean isUsed;
  private final Duration idle;
  private final Runnable leaving;
  private final AtomicBoolean isGivenBack = new AtomicBoolean();

  /**
   * @param isUsed whether an earlier exchange went over it
   * @param idle how long it waits for the next one
   * @param leaving told before it begins to wait
   */
  Line(
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

  /** Whether an earlier exchange went over it: the provider may have closed it meanwhile. */
  boolean isUsed() {
    return isUsed;
  }

  /** Cuts the connection without a farewell; wakes a blocked read, never waits. Idempotent. */
  void cut() {
    if (isGivenBack.compareAndSet(false, true)) {
      endpoint.close(CloseMode.IMMEDIATE);
      pool.release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
    }
  }

  /** The body was read to its end: the connection waits for the next request. Idempotent. */
  void giveBack() {
    if (isGivenBack.compareAndSet(false, true)) {
      leaving.run();
      pool.release(endpoint, account, TimeValue.of(idle));
      // The pool itself looks at idle connections only when the same host is asked again.
      CompletableFuture.delayedExecutor(
              idle.toMillis() + 1, TimeUnit.MILLISECONDS, Thread::startVirtualThread)
          .execute(pool::closeExpired);
    }
  }
}
