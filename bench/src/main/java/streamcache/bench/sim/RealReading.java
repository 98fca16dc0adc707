package streamcache.bench.sim;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import streamcache.testkit.Content;

/** One response of the real product, read without blocking. */
final class RealReading implements Reading {

  /** Small, because the player has its own buffer: bytes in the system's buffer are not counted. */
  private static final int RECEIVE_BUFFER = 256 << 10;

  private static final String HEAD_END = "\r\n\r\n";

  private final SocketChannel channel;
  private final Content content;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
  private final StringBuilder head = new StringBuilder();
  private boolean inBody;
  private boolean failed;
  private long sent;

  private RealReading(SocketChannel channel, Content content, long position) {
    this.channel = channel;
    this.content = content;
    this.sent = position;
  }

  /**
   * @throws IOException if the product cannot be reached
   */
  static RealReading open(RealFilm film, long position) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    channel.connect(film.product());
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nRange: bytes=%d-\r\nConnection: close\r\n\r\n"
            .formatted(film.target(), position);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
    channel.configureBlocking(false);
    return new RealReading(channel, film.content(), position);
  }

  @Override
  public long take(long most, double now) {
    try {
      if (!inBody) {
        readHead();
      }
      return inBody ? readBody(most) : 0;
    } catch (IOException _) {
      failed = true;
      return 0;
    }
  }

  /** Reads byte by byte, so that none of the body is consumed. */
  private void readHead() throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf(HEAD_END) < 0) {
      int read = channel.read(one.clear());
      if (read <= 0) {
        failed |= read < 0;
        return;
      }
      head.append((char) one.get(0));
    }
    inBody = head.substring(0, head.indexOf("\r\n")).contains(" 206");
    failed |= !inBody;
  }

  private long readBody(long most) throws IOException {
    long taken = 0;
    while (taken < most) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), most - taken));
      int read = channel.read(buffer);
      if (read <= 0) {
        failed |= read < 0;
        return taken;
      }
      content.check(sent, buffer.array(), 0, read);
      sent += read;
      taken += read;
    }
    return taken;
  }

  @Override
  public boolean isFailed() {
    return failed;
  }

  @Override
  public long sent() {
    return sent;
  }

  @Override
  public void leave() {
    try {
      channel.close();
    } catch (IOException _) {
      // The connection is gone in either case.
    }
  }
}
