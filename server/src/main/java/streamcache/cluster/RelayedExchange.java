package streamcache.cluster;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;

/** The exchange with another node, for the request of its player. */
record RelayedExchange(Exchange exchange, Request request) implements Exchange {

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
