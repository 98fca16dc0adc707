package streamcache.playback;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntConsumer;

/**
 * An exchange that reports the status of its response when the response begins, since a clip may
 * then be sent for hours. Used by the thread of the exchange it delegates to.
 */
final class StatusWatch implements Exchange {

  private final Exchange exchange;
  private final IntConsumer told;
  private boolean isTold;

  /**
   * @param told called once, with the status
   */
  StatusWatch(Exchange exchange, IntConsumer told) {
    this.exchange = exchange;
    this.told = told;
  }

  /** Called at the end; reports status 0 if there was no response. */
  void over() {
    tell(0);
  }

  private void tell(int status) {
    if (!isTold) {
      isTold = true;
      told.accept(status);
    }
  }

  @Override
  public void head(int status, Headers headers) throws ClientGone {
    exchange.head(status, headers);
    tell(status);
  }

  @Override
  public Request request() {
    return exchange.request();
  }

  @Override
  public void body(FileChannel file, long from, long to) throws ClientGone, Unreadable {
    exchange.body(file, from, to);
  }

  @Override
  public void body(ByteBuffer bytes) throws ClientGone {
    exchange.body(bytes);
  }

  @Override
  public long sent() {
    return exchange.sent();
  }

  @Override
  public void end() throws ClientGone {
    exchange.end();
  }

  @Override
  public void abort() {
    exchange.abort();
  }

  @Override
  public boolean isGone() {
    return exchange.isGone();
  }

  @Override
  public void onGone(Runnable action) {
    exchange.onGone(action);
  }
}
