package streamcache.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Measures memory with many players that have read a first byte and no more. */
final class SlowReaders {

  private static final int PLAYERS = 500;
  private static final int RECEIVE_BUFFER = 4096;

  private SlowReaders() {}

  static void run(MeasuredServer product) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < PLAYERS; i++) {
        sockets.add(player(product));
      }
      Table.head("memory", "measured");
      Table.row("resident with " + PLAYERS + " slow readers, MiB", product.residentMebibytes());
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Socket player(MeasuredServer product) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.connect(product.address());
    String request = "GET " + product.target() + " HTTP/1.1\r\nHost: bench\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    if (socket.getInputStream().read() < 0) {
      throw new IOException("no answer");
    }
    return socket;
  }
}
