package streamcache.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.event.RequestMark;
import streamcache.playback.ClientGone;
import streamcache.playback.Handler;
import streamcache.playback.Unreadable;

/**
 * The work of one virtual thread: one handler, one exchange. Ensures that every exchange ends in
 * exactly one way, whatever the handler does.
 */
record ExchangeTask(Handler handler, NettyExchange exchange, ClientConnection connection)
    implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ExchangeTask.class);

  @Override
  public void run() {
    try {
      RequestMark.during(exchange.request().id(), this::serve);
    } finally {
      connection.finished(exchange);
    }
  }

  private void serve() {
    try {
      handler.handle(exchange);
      if (!exchange.isEnded() && !exchange.isAborted()) {
        throw new IllegalStateException("the handler left an exchange open");
      }
    } catch (ClientGone | Unreadable e) {
      exchange.abort();
    } catch (Throwable e) {
      LOG.error("event=request.failed", e);
      apologize();
    }
  }

  private void apologize() {
    if (!exchange.startOver()) {
      exchange.abort();
      return;
    }
    String id = exchange.request().id();
    String sentence = "Internal error in Streamcache; see request " + id + " in its log.";
    try {
      TextAnswer.sentence(500, sentence).send(exchange);
    } catch (ClientGone e) {
      exchange.abort();
    }
  }
}
