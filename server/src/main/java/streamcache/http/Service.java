package streamcache.http;

import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.event.RequestMark;
import streamcache.playback.Handler;
import streamcache.playback.Ready;
import streamcache.playback.Request;

/** What all connections of a {@link Listener} share. */
record Service(
    Handler handler,
    Limits limits,
    String basePath,
    Connections connections,
    PooledByteBufAllocator buffers,
    Optional<PlayerTls> tls,
    ThreadFactory threads) {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /**
   * @param tls empty for a port that speaks clear text
   */
  Service(
      Handler handler,
      Limits limits,
      String basePath,
      PooledByteBufAllocator buffers,
      Optional<PlayerTls> tls) {
    this(
        handler,
        limits,
        basePath,
        new Connections(limits.connectionsMax()),
        buffers,
        tls,
        Thread.ofVirtual().name("request-", 0).factory());
  }

  /**
   * Returns the target without the base path under which a reverse proxy serves this server. A
   * proxy may have removed it already, and direct clients do not write it. Several slashes before
   * either count as one: addresses that end in a slash are joined to paths that begin with one.
   */
  String ownTarget(String written) {
    String target = withOneSlash(written);
    if (basePath.isEmpty() || !target.startsWith(basePath)) {
      return target;
    }
    String rest = target.substring(basePath.length());
    if (rest.isEmpty() || rest.startsWith("?")) {
      return "/" + rest;
    }
    return rest.startsWith("/") ? withOneSlash(rest) : target;
  }

  boolean takesBody(String written) {
    return handler.takesBody(ownTarget(written));
  }

  Request request(RequestHead head, InetAddress peer) {
    String target = ownTarget(head.target());
    return new Request(
        RequestIds.next(), head.method(), target, head.headers(), head.http11(), peer, head.body());
  }

  private static String withOneSlash(String target) {
    int last = 0;
    while (last + 1 < target.length() && target.charAt(last + 1) == '/') {
      last++;
    }
    return target.substring(last);
  }

  /**
   * Whether unusually long heads must be refused now. Sums over the whole pool, so it is not for
   * every read.
   */
  boolean isShortOfMemory() {
    return buffers.metric().usedDirectMemory() > limits.bufferBytesMax();
  }

  /** A bug in the handler must not end the event loop: it is thrown on the request's thread. */
  Handler judge(Request request) {
    try {
      return handler.judge(request);
    } catch (RuntimeException bug) {
      return _ -> {
        throw bug;
      };
    }
  }

  /**
   * The response that can be sent at once, if any. After a bug the request gets a thread, like any
   * other.
   */
  static Optional<Ready> ready(Handler judged, Request request) {
    try {
      return judged.ready();
    } catch (RuntimeException bug) {
      RequestMark.during(request.id(), () -> LOG.error("event=ready.failed", bug));
      return Optional.empty();
    }
  }

  void serve(Handler judged, NettyExchange exchange, ClientConnection connection) {
    threads.newThread(new ExchangeTask(judged, exchange, connection)).start();
  }
}
