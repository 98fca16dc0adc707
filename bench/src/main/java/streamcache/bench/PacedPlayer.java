package streamcache.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A player that takes a film's bytes at the film's rate, in small pieces, as players do for hours.
 * Used by one thread, which calls {@link #read} every few milliseconds.
 */
final class PacedPlayer implements AutoCloseable {

  /** A player whose bytes come this much later than it wanted them has stood still. */
  private static final double STALL_SECONDS = 1;

  /** What players have that set it: enough for a network, and no more than a second of a film. */
  private static final int RECEIVE_BUFFER = 64 * 1024;

  private static final String STATUS_LINE = "HTTP/1.1 206";

  private final SocketChannel socket;
  private final double bytesPerSecond;
  private final long requestedAt = System.nanoTime();
  private long firstByteAt;
  private long total;
  private double stalled;

  /**
   * @param from offset of the first byte that it requests
   */
  PacedPlayer(InetSocketAddress server, String target, long from, double bytesPerSecond)
      throws IOException {
    this.bytesPerSecond = bytesPerSecond;
    this.socket = SocketChannel.open();
    socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    socket.connect(server);
    String request =
        "GET " + target + " HTTP/1.1\r\nHost: bench\r\nRange: bytes=" + from + "-\r\n\r\n";
    socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    socket.configureBlocking(false);
  }

  /**
   * Takes the bytes that the player wants by now, as far as they have arrived.
   *
   * @param piece the size of one read; its content is discarded
   * @return the number of bytes read
   */
  int read(long now, ByteBuffer piece) throws IOException {
    int read = 0;
    while (total + read < wanted(now)) {
      int count = socket.read(piece.clear());
      if (count < 0) {
        throw new IOException("the response ended after " + (total + read) + " bytes");
      }
      if (count == 0) {
        break;
      }
      if (firstByteAt == 0) {
        firstByteAt = System.nanoTime();
        requirePart(piece.flip());
      }
      read += count;
    }
    total += read;
    double late = (wanted(now) - total) / bytesPerSecond;
    if (firstByteAt != 0 && late > STALL_SECONDS) {
      // It begins again from here, as a player does that has stood still.
      stalled += late;
      firstByteAt = now - (long) (total / bytesPerSecond * 1e9);
    }
    return read;
  }

  /** An error is short and quick to send: without this check it would look like a good figure. */
  private static void requirePart(ByteBuffer begin) throws IOException {
    String line =
        StandardCharsets.ISO_8859_1.decode(begin.slice(0, STATUS_LINE.length())).toString();
    if (!line.equals(STATUS_LINE)) {
      throw new IOException("the response begins with " + line);
    }
  }

  private double wanted(long now) {
    return firstByteAt == 0 ? 1 : (now - firstByteAt) / 1e9 * bytesPerSecond;
  }

  /** Milliseconds from the request to the first byte; infinite if there was none. */
  double firstByteMillis() {
    return firstByteAt == 0 ? Double.POSITIVE_INFINITY : (firstByteAt - requestedAt) / 1e6;
  }

  /** Seconds for which it stood still after its first byte. */
  double stalled() {
    return stalled;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
