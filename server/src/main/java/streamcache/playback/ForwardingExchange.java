package streamcache.playback;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * An exchange that hands every call to another one; a subclass changes what it needs to. Blocks and
 * fails as the other does, which its owner ends.
 */
public abstract class ForwardingExchange implements Exchange {

  private final Exchange exchange;

  protected ForwardingExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public Request request() {
    return exchange.request();
  }

  @Override
  public void head(int status, Headers headers) throws ClientGone {
    exchange.head(status, headers);
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
