package streamcache.testkit.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider that answers {@code /<seed>} as {@link HostileAnswers} determines, on any number of
 * connections. Owned by a test; one virtual thread a connection.
 */
public final class HostileProvider implements AutoCloseable {

  private static final Pattern ASKED = Pattern.compile("GET /(-?[0-9]+)\\S* HTTP/1\\.1");
  private static final Pattern RANGE = Pattern.compile("Range: bytes=([0-9]+)-.*");

  private final ServerSocket listener;
  private final boolean mayStall;

  /**
   * @param mayStall whether responses may stop in silence
   */
  public HostileProvider(boolean mayStall) {
    this.mayStall = mayStall;
    try {
      listener = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public String url(long seed) {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/" + seed;
  }

  /** Returns the response of {@link #url} to a request from this byte on. */
  public HostileAnswer answer(long seed, int from) {
    return HostileAnswers.of(seed, from, mayStall);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      boolean again = true;
      while (again) {
        again = answerNext(in, socket);
      }
    } catch (IOException _) {
      // The client left, which it may do at any time.
    }
  }

  private boolean answerNext(BufferedReader in, Socket socket) throws IOException {
    long seed = 0;
    int from = 0;
    for (String line = in.readLine(); line == null || !line.isEmpty(); line = in.readLine()) {
      if (line == null) {
        return false;
      }
      Matcher asked = ASKED.matcher(line);
      seed = asked.matches() ? Long.parseLong(asked.group(1)) : seed;
      Matcher range = RANGE.matcher(line);
      from = range.matches() ? Integer.parseInt(range.group(1)) : from;
    }
    HostileAnswer answer = answer(seed, from);
    OutputStream out = socket.getOutputStream();
    for (String piece : answer.pieces()) {
      out.write(piece.getBytes(ISO_8859_1));
    }
    switch (answer.end()) {
      case KEEP -> {
        return true;
      }
      case CLOSE -> socket.shutdownOutput();
      case RESET -> socket.setSoLinger(true, 0);
      case STALL -> {
        var _ = in.read();
      }
    }
    return false;
  }
}
