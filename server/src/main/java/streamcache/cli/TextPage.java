package streamcache.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.store.StoreUsage;

/** Sends short texts that no cache may keep. */
final class TextPage {

  private TextPage() {}

  /**
   * A store in trouble still plays films: the server is healthy, and the response names the
   * trouble.
   */
  static void health(Exchange exchange, StoreUsage usage) throws ClientGone {
    send(exchange, usage.isWritable() ? "ok\n" : "ok, but the store accepts no bytes\n");
  }

  /** Sends a text with status 200. */
  static void send(Exchange exchange, String body) throws ClientGone {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.head(
        200,
        new Headers()
            .add("Content-Type", "text/plain; charset=utf-8")
            .add("Content-Length", Integer.toString(bytes.length))
            .add("Cache-Control", "no-store"));
    if (!exchange.request().method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(bytes));
    }
    exchange.end();
  }
}
