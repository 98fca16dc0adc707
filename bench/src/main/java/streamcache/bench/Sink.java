package streamcache.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Players that read as fast as they can and discard the bytes. */
final class Sink {

  private static final int BUFFER = 256 * 1024;

  private Sink() {}

  /**
   * Returns the bytes that {@code connections} players receive in about the given time; each
   * requests the target again whenever a response ends.
   */
  static long drain(InetSocketAddress address, String target, int connections, Duration time)
      throws IOException {
    long end = System.nanoTime() + time.toNanos();
    return all(connections, () -> drainOne(address, target, end));
  }

  /** Returns the total bytes that {@code players} receive when each reads one whole title. */
  static long whole(InetSocketAddress address, String target, int players) throws IOException {
    return all(players, () -> drainOne(address, target, /* end= */ Long.MIN_VALUE));
  }

  private interface Work {
    long run() throws IOException;
  }

  private static long all(int count, Work work) throws IOException {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(threads.submit(work::run));
      }
      long sum = 0;
      for (Future<Long> each : running) {
        sum += each.get();
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  /** Reads whole responses one after another until {@code end}; at least one. */
  private static long drainOne(InetSocketAddress address, String target, long end)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long sum = 0;
    do {
      try (Socket socket = new Socket()) {
        socket.connect(address);
        sum += read(socket, target, buffer, end);
      }
    } while (end != Long.MIN_VALUE && System.nanoTime() - end < 0);
    return sum;
  }

  private static long read(Socket socket, String target, byte[] buffer, long end)
      throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    long sum = 0;
    int count = in.read(buffer);
    while (count >= 0 && (end == Long.MIN_VALUE || System.nanoTime() - end < 0)) {
      sum += count;
      count = in.read(buffer);
    }
    return sum;
  }

  /** Returns the milliseconds from connecting to the first byte of the body. */
  static double firstByteMillis(InetSocketAddress address, String target) throws IOException {
    long begun = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(address);
      String request = "GET " + target + " HTTP/1.1\r\nHost: bench\r\nRange: bytes=0-\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() < 0) {
        throw new IOException("no answer");
      }
      return (System.nanoTime() - begun) / 1e6;
    }
  }
}
