package streamcache.testkit.live;

import java.io.IOException;
import java.time.Duration;
import streamcache.testkit.Content;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.Wire;

/**
 * A channel for real players: a film as a transport stream, again and again, as fast as it plays. A
 * request gets what is on the air from then on, until the client leaves. Any thread.
 */
public final class FilmChannel implements ScriptedOrigin.Handler {

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\nConnection: close\r\n\r\n";

  /** Packets are sent this often. */
  private static final Duration STEP = Duration.ofMillis(20);

  private static final int BLOCK = 64 * ChannelPacket.BYTES;

  private final Content film;
  private final double bytesASecond;
  private final long begun = System.nanoTime();

  /**
   * @param film a transport stream
   * @param length how long it plays
   */
  public FilmChannel(Content film, Duration length) {
    this.film = film;
    this.bytesASecond = film.length() / (length.toMillis() / 1000.0);
  }

  /** How long the channel has been on the air. */
  public Duration onAir() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Override
  public void answer(Wire wire) throws IOException {
    wire.closeAfter();
    wire.head(HEAD);
    byte[] block = new byte[BLOCK];
    long next = aired();
    while (true) {
      for (long until = aired(); next < until; ) {
        int count = (int) Math.min(BLOCK, until - next);
        count = (int) Math.min(count, film.length() - next % film.length());
        film.fill(next % film.length(), block, 0, count);
        wire.body(block, 0, count);
        next += count;
      }
      wire.pause(STEP);
    }
  }

  /** The bytes aired so far, in whole packets. */
  private long aired() {
    long bytes = (long) (onAir().toMillis() / 1000.0 * bytesASecond);
    return bytes - bytes % ChannelPacket.BYTES;
  }
}
