package streamcache.origin;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/**
 * One network connection while an exchange uses it. Given back exactly once, by whoever comes
 * first: the thread that read the body to its end, or the one that cuts it.
 */
final class Line {

  /** Long enough for a player's next range, shorter than providers' own idle limits. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(5);

  private final HttpClientConnectionManager pool;
  private final ConnectionEndpoint endpoint;
  private final boolean isUsed;
  private final AtomicBoolean isGivenBack = new AtomicBoolean();

  Line(HttpClientConnectionManager pool, ConnectionEndpoint endpoint, boolean isUsed) {
    this.pool = pool;
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
      pool.release(endpoint, null, IDLE);
    }
  }
}
