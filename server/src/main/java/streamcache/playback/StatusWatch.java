package streamcache.playback;

import java.util.function.IntConsumer;

/**
 * An exchange that reports the status of its response when the response begins, since a clip may
 * then be sent for hours. Used by the thread of the exchange it delegates to.
 */
final class StatusWatch extends ForwardingExchange {

  private final IntConsumer told;
  private boolean isTold;

  /**
   * @param told called once, with the status
   */
  StatusWatch(Exchange exchange, IntConsumer told) {
    super(exchange);
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
    super.head(status, headers);
    tell(status);
  }
}
