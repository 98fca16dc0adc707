package streamcache.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures how much later than the provider sends a byte the followers of a running fill receive
 * it.
 */
final class Latency {

  private final MeasuredServer product;

  Latency(MeasuredServer product) {
    this.product = product;
  }

  void run() throws IOException {
    Table.head("a byte's way, followers", "p50 us", "p99 us");
    try (Ticker ticker = Ticker.start()) {
      // The first round warms up both paths.
      measure(ticker.address(), ticker.path(0), 1);
      measure(product.address(), PeerLinks.of(ticker.port(), ticker.path(1)), 1);
      row("provider, straight", measure(ticker.address(), ticker.path(2), 1));
      for (int followers : new int[] {1, 8, 64}) {
        String target = PeerLinks.of(ticker.port(), ticker.path(2 + followers));
        row(Integer.toString(followers), measure(product.address(), target, followers));
      }
    }
  }

  private static void row(String name, Series micros) {
    Table.row(name, micros.median(), micros.share(0.99));
  }

  private static Series measure(InetSocketAddress address, String target, int followers)
      throws IOException {
    Series all = new Series();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Double>>> running = new ArrayList<>();
      for (int i = 0; i < followers; i++) {
        running.add(threads.submit(() -> follow(address, target)));
      }
      for (Future<List<Double>> each : running) {
        each.get().forEach(all::add);
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
    return all;
  }

  private static List<Double> follow(InetSocketAddress address, String target) throws IOException {
    List<Double> micros = new ArrayList<>();
    try (Socket socket = new Socket()) {
      socket.connect(address);
      String request = "GET " + target + " HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      skipHead(in);
      in.skipNBytes(Ticker.LEAD_BYTES);
      byte[] rest = new byte[Ticker.RECORD_BYTES - Long.BYTES];
      for (int i = 0; i < Ticker.RECORDS; i++) {
        long sent = in.readLong();
        micros.add((System.nanoTime() - sent) / 1e3);
        in.readFully(rest);
      }
    }
    return micros;
  }

  private static void skipHead(DataInputStream in) throws IOException {
    int ends = 0;
    while (ends < 2) {
      int letter = in.readUnsignedByte();
      ends = letter == '\n' ? ends + 1 : letter == '\r' ? ends : 0;
    }
  }
}
