package streamcache.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider whose film consists of a start followed by small records, each with the time at which
 * it was sent.
 */
final class Ticker implements AutoCloseable {

  static final int LEAD_BYTES = 64 << 10;
  static final int RECORD_BYTES = 64;
  static final int RECORDS = 600;

  private static final Duration BETWEEN = Duration.ofMillis(5);

  /** The signature that makes the content look like a film. */
  private static final byte[] MATROSKA =
      HexFormat.of().parseHex("1a45dfa3934282886d6174726f736b61");

  private final ServerSocket socket;

  private Ticker(ServerSocket socket) {
    this.socket = socket;
  }

  static Ticker start() throws IOException {
    Ticker ticker = new Ticker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("ticker").start(ticker::accept);
    return ticker;
  }

  int port() {
    return socket.getLocalPort();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
  }

  /** Each number is a separate title. */
  String path(int number) {
    return "/ticks-" + number + ".mkv";
  }

  private void accept() {
    try {
      while (true) {
        Socket player = socket.accept();
        Thread.ofPlatform().daemon().start(() -> serve(player));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void serve(Socket player) {
    try (player) {
      player.setTcpNoDelay(true);
      awaitHead(player.getInputStream());
      OutputStream out = player.getOutputStream();
      int length = LEAD_BYTES + RECORDS * RECORD_BYTES;
      out.write(
          ("HTTP/1.1 200 OK\r\nContent-Type: video/x-matroska\r\nContent-Length: "
                  + length
                  + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      ByteBuffer lead = ByteBuffer.allocate(LEAD_BYTES).put(MATROSKA);
      out.write(lead.array());
      ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
      for (int i = 0; i < RECORDS; i++) {
        LockSupport.parkNanos(BETWEEN.toNanos());
        out.write(record.putLong(0, System.nanoTime()).array());
      }
    } catch (IOException e) {
      // The client has left.
    }
  }

  private static void awaitHead(InputStream in) throws IOException {
    int ends = 0;
    while (ends < 2) {
      int letter = in.read();
      if (letter < 0) {
        throw new IOException("no request");
      }
      ends = letter == '\n' ? ends + 1 : letter == '\r' ? ends : 0;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
