package streamcache.admin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import tools.jackson.databind.JsonNode;

/**
 * Sends the page what happens, as server-sent events (WHATWG HTML, section 9.2): a new snapshot
 * each second in which something has changed. A page that reads slowly gets fewer snapshots, and
 * none is kept for it. Each feed has the virtual thread of its request.
 */
final class SnapshotFeed implements AutoCloseable {

  /** Each open page costs a snapshot a second. */
  static final int MOST = 20;

  /** After so many seconds without a change, a comment shows proxies that the feed is alive. */
  private static final int QUIET_SECONDS = 15;

  private final Supplier<JsonNode> snapshot;
  private final Semaphore places = new Semaphore(MOST);
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param snapshot on the feed's thread
   */
  SnapshotFeed(Supplier<JsonNode> snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Sends until the page goes, its session ends or the server stops.
   *
   * @param isAdmitted whether the session still lasts; asked before each snapshot
   */
  void send(Exchange exchange, BooleanSupplier isAdmitted) throws ClientGone, ApiException {
    if (!places.tryAcquire()) {
      throw ApiException.busy("Too many pages are open; close one of them.");
    }
    try {
      exchange.head(
          200,
          new Headers()
              .add("Content-Type", "text/event-stream")
              .add("Cache-Control", "no-store")
              .add("X-Accel-Buffering", "no"));
      follow(exchange, isAdmitted);
      exchange.end();
    } finally {
      places.release();
    }
  }

  private void follow(Exchange exchange, BooleanSupplier isAdmitted) throws ClientGone {
    String last = "";
    int quiet = 0;
    boolean isOpen = true;
    while (isOpen && !exchange.isGone() && isAdmitted.getAsBoolean()) {
      String now = snapshot.get().toString();
      quiet++;
      if (!now.equals(last)) {
        write(exchange, "data: " + now + "\n\n");
      } else if (quiet >= QUIET_SECONDS) {
        write(exchange, ": nothing new\n\n");
      }
      quiet = now.equals(last) && quiet < QUIET_SECONDS ? quiet : 0;
      last = now;
      isOpen = !isClosing();
    }
  }

  private static void write(Exchange exchange, String text) throws ClientGone {
    exchange.body(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Waits a second, or until the server stops. */
  private boolean isClosing() {
    try {
      return closing.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends all feeds, so that the server need not wait for them when it stops. */
  @Override
  public void close() {
    closing.countDown();
  }
}
