package streamcache.cluster;

import streamcache.playback.Exchange;
import streamcache.playback.ForwardingExchange;
import streamcache.playback.Request;

/** The exchange with another node, for the request of its player. */
final class RelayedExchange extends ForwardingExchange {

  private final Request request;

  RelayedExchange(Exchange exchange, Request request) {
    super(exchange);
    this.request = request;
  }

  @Override
  public Request request() {
    return request;
  }
}
