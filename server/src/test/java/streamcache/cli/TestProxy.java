package streamcache.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A reverse proxy that does to requests and responses what a test names. */
final class TestProxy implements AutoCloseable {

  enum Kind {
    FAITHFUL,
    DROPS_RANGE,
    READS_AHEAD,
    NAMES_PLAYERS,
    IS_NGINX,
    REFUSES,
    IS_LOST,
    REDIRECTS
  }

  private static final String END = "\r\n\r\n";

  private final ServerSocket socket;
  private final InetSocketAddress server;
  private final Kind kind;

  private TestProxy(ServerSocket socket, InetSocketAddress server, Kind kind) {
    this.socket = socket;
    this.server = server;
    this.kind = kind;
  }

  static TestProxy start(InetSocketAddress server, Kind kind) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    TestProxy proxy = new TestProxy(socket, server, kind);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket player = socket.accept();
        Thread.ofVirtual().start(() -> serve(player));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket player) {
    try (player) {
      String head = head(player.getInputStream());
      OutputStream out = player.getOutputStream();
      switch (kind) {
        case REFUSES -> out.write(answer("401 Unauthorized", ""));
        case IS_LOST -> out.write(answer("502 Bad Gateway", ""));
        case REDIRECTS -> {
          String target = head.split(" ", 3)[1];
          out.write(answer("301 Moved", "Location: https://elsewhere.example" + target + "\r\n"));
        }
        case FAITHFUL, READS_AHEAD -> pass(head, out);
        case IS_NGINX -> pass(head, out);
        case DROPS_RANGE -> pass(head.replaceFirst("(?i)\r\nRange: [^\r]*", ""), out);
        case NAMES_PLAYERS ->
            pass(head.replace(END, "\r\nX-Forwarded-For: 203.0.113.7" + END), out);
      }
    } catch (IOException gone) {
      // Like any proxy, it ends what it cannot pass on.
    }
  }

  private void pass(String head, OutputStream out) throws IOException {
    try (Socket upstream = new Socket()) {
      upstream.connect(server);
      upstream.getOutputStream().write(head.getBytes(ISO_8859_1));
      InputStream in = upstream.getInputStream();
      if (kind == Kind.READS_AHEAD) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        all.writeTo(out);
      } else {
        String answer = head(in);
        String named =
            kind == Kind.IS_NGINX ? answer.replace(END, "\r\nServer: nginx/1.22" + END) : answer;
        out.write(named.getBytes(ISO_8859_1));
        in.transferTo(out);
      }
    }
  }

  private static byte[] answer(String status, String fields) {
    return ("HTTP/1.1 " + status + "\r\n" + fields + "Content-Length: 0" + END)
        .getBytes(ISO_8859_1);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.lastIndexOf(END) >= 0 && head.toString().endsWith(END)) {
        break;
      }
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
