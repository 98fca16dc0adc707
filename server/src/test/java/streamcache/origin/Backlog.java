package streamcache.origin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Fills the queue of a listener that never accepts, so that the next connect gets no response. */
final class Backlog implements AutoCloseable {

  private static final int MOST = 64;

  private final List<Socket> waiting = new ArrayList<>();

  Backlog(ServerSocket listener) throws IOException {
    for (int i = 0; i < MOST; i++) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 200);
      } catch (SocketTimeoutException _) {
        return;
      }
    }
    throw new IOException("the system accepts without end");
  }

  int size() {
    return waiting.size();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
  }
}
