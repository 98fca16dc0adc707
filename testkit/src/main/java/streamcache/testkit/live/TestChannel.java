package streamcache.testkit.live;

import java.io.IOException;
import java.time.Duration;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.Waiting;
import streamcache.testkit.Wire;

/**
 * A channel that is on the air: each request gets the packets that a test airs from then on, until
 * the client leaves. Any thread.
 */
public final class TestChannel implements ScriptedOrigin.Handler {

  /** A body without a length, as panels send it. */
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\nConnection: close\r\n\r\n";

  private final Waiting waiting = new Waiting();
  private final String head;

  /** The number of packets aired so far, which is that of the next one. */
  private long aired;

  private long ended;

  /** The number of requests that get what is aired from now on. */
  private long tuned;

  public TestChannel() {
    this(HEAD);
  }

  /**
   * @param head status line and header fields, with the empty line
   */
  public TestChannel(String head) {
    this.head = head;
  }

  /** Airs the next packets; returns the number of the last one. */
  public long air(int count) {
    waiting.change(() -> aired += count);
    return aired() - 1;
  }

  public long aired() {
    return waiting.read(() -> aired);
  }

  /** Waits until this many requests get what is aired. */
  public void awaitTuned(int count) {
    waiting.await(() -> tuned >= count, () -> tuned + " requests, expected " + count);
  }

  /** The provider ends all running responses, cleanly, behind what was aired. */
  public void end() {
    waiting.change(() -> ended++);
  }

  @Override
  public void answer(Wire wire) throws IOException {
    wire.closeAfter();
    long endings = waiting.read(() -> ended);
    long next = aired();
    waiting.change(() -> tuned++);
    wire.head(head);
    while (isOn(wire, next, endings)) {
      for (long until = aired(); next < until; next++) {
        wire.body(ChannelPacket.of(next), 0, ChannelPacket.BYTES);
      }
    }
  }

  private boolean isOn(Wire wire, long next, long endings) {
    while (!waiting.holds(Duration.ofMillis(20), () -> aired > next || ended > endings)) {
      if (wire.isGone()) {
        return false;
      }
    }
    return aired() > next;
  }
}
