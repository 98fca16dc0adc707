package streamcache.http;

import java.util.concurrent.ThreadFactory;
import streamcache.playback.Handler;

/** What all connections of a {@link Listener} share. */
record Service(Handler handler, Limits limits, Connections connections, ThreadFactory threads) {

  Service(Handler handler, Limits limits) {
    this(handler, limits, new Connections(), Thread.ofVirtual().name("request-", 0).factory());
  }

  void serve(NettyExchange exchange, Connection connection) {
    threads.newThread(new Serving(handler, exchange, connection)).start();
  }
}
