package streamcache.http;

import java.util.concurrent.ThreadFactory;
import streamcache.playback.Handler;

/** What all connections of a {@link Listener} share. */
record Service(
    Handler handler,
    Limits limits,
    String basePath,
    Connections connections,
    ThreadFactory threads) {

  Service(Handler handler, Limits limits, String basePath) {
    this(
        handler,
        limits,
        basePath,
        new Connections(),
        Thread.ofVirtual().name("request-", 0).factory());
  }

  /**
   * The target without what a reverse proxy serves all of this under: a proxy may have taken it off
   * already, and who asks directly does not write it.
   */
  String ownTarget(String target) {
    if (basePath.isEmpty() || !target.startsWith(basePath)) {
      return target;
    }
    String rest = target.substring(basePath.length());
    if (rest.isEmpty() || rest.startsWith("?")) {
      return "/" + rest;
    }
    return rest.startsWith("/") ? rest : target;
  }

  void serve(NettyExchange exchange, Connection connection) {
    threads.newThread(new Serving(handler, exchange, connection)).start();
  }
}
