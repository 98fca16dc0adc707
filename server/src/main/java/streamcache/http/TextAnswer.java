package streamcache.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;

/**
 * A complete response that fits in memory: a sentence, a page.
 *
 * @param type value of Content-Type
 */
public record TextAnswer(int status, String type, String text) {

  /** A response of one sentence, given without a line end. */
  public static TextAnswer sentence(int status, String sentence) {
    return new TextAnswer(status, "text/plain; charset=utf-8", sentence + "\n");
  }

  public void send(Exchange exchange) throws ClientGone {
    byte[] bytes = bytes();
    exchange.head(status, headers(bytes.length));
    if (!exchange.request().method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(bytes));
    }
    exchange.end();
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Headers headers(int length) {
    return new Headers()
        .add("Content-Type", type)
        .add("Content-Length", Integer.toString(length))
        .add("Cache-Control", "no-store");
  }
}
