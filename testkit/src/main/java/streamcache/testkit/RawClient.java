package streamcache.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A minimal HTTP/1.1 client over a plain socket: sends any bytes, reads responses in any framing,
 * and distinguishes a clean end from a cut. Owned by one thread, except {@link #close} and {@link
 * #reset}.
 */
public final class RawClient implements AutoCloseable {

  /** How long a read may take before the test fails. */
  private static final int READ_LIMIT_MILLIS = (int) Waiting.LIMIT.toMillis();

  private final Socket raw;
  private final Socket socket;
  private final InputStream in;

  private RawClient(Socket raw, Socket socket) throws IOException {
    this.raw = raw;
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
  }

  public static RawClient connect(InetSocketAddress address) throws IOException {
    return connect(address, 0);
  }

  /**
   * @param receiveBuffer SO_RCVBUF in bytes: small for a client that stops reading, so that the
   *     server notices soon; 0 for the system's default
   */
  public static RawClient connect(InetSocketAddress address, int receiveBuffer) throws IOException {
    Socket socket = open(address, receiveBuffer);
    return new RawClient(socket, socket);
  }

  public static RawClient connectTls(InetSocketAddress address, SSLContext context)
      throws IOException {
    Socket raw = open(address, 0);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(raw, address.getHostString(), address.getPort(), true);
    socket.startHandshake();
    return new RawClient(raw, socket);
  }

  /**
   * Sends one GET on a connection of its own and reads the response to its end.
   *
   * @param headers lines such as {@code "Range: bytes=0-"}
   */
  public static Answer get(InetSocketAddress address, String target, String... headers)
      throws IOException {
    return exchange(address, "GET", target, headers);
  }

  /** Sends one HEAD on a connection of its own. */
  public static Answer head(InetSocketAddress address, String target, String... headers)
      throws IOException {
    return exchange(address, "HEAD", target, headers);
  }

  /** Sends one request of any method on a connection of its own. */
  public static Answer exchange(
      InetSocketAddress address, String method, String target, String... headers)
      throws IOException {
    try (RawClient client = connect(address)) {
      List<String> all = new ArrayList<>(List.of(headers));
      all.add("Connection: close");
      client.request(method, target, all.toArray(String[]::new));
      return method.equals("HEAD") ? client.answerToHead() : client.answer();
    }
  }

  /** Sends a GET whose body is read and checked by a thread of its own. */
  public static CheckedStream stream(
      InetSocketAddress address, String target, Content content, String... headers)
      throws IOException {
    return connect(address).stream(target, content, headers);
  }

  /** Waits so long for each byte, in place of {@link Waiting#LIMIT}. */
  public RawClient patience(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    return this;
  }

  /** Like the static form, but on this connection, which the stream then owns. */
  public CheckedStream stream(String target, Content content, String... headers)
      throws IOException {
    request("GET", target, headers);
    return CheckedStream.begin(this, content);
  }

  /** Returns the header line for {@code [from, to)}. */
  public static String range(long from, long to) {
    return "Range: bytes=" + from + "-" + (to - 1);
  }

  /** Returns the header line for everything from an offset on. */
  public static String rangeFrom(long from) {
    return "Range: bytes=" + from + "-";
  }

  /** Sends a request with Host and these lines; adds no Connection field of its own. */
  public RawClient request(String method, String target, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(method).append(' ').append(target);
    head.append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(socket.getPort()).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return send(head.append("\r\n").toString());
  }

  public RawClient send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Shuts down the sending side and continues to read. */
  public RawClient shutdownOutput() throws IOException {
    raw.shutdownOutput();
    return this;
  }

  /** Returns the next response, its body read to the end; 1xx responses before it are skipped. */
  public Answer answer() throws IOException {
    AnswerHead head = readHead();
    while (head.status() / 100 == 1 && head.status() != 101) {
      head = readHead();
    }
    return read(head, body(head));
  }

  /** Returns the response to a HEAD: no body follows, whatever its Content-Length says. */
  public Answer answerToHead() throws IOException {
    AnswerHead head = readHead();
    return read(head, new Body(in, head, /* toHead= */ true));
  }

  /**
   * Returns only the next head; its body follows in the stream.
   *
   * @throws EOFException if the connection ends before it
   */
  public AnswerHead readHead() throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = line();
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        return AnswerHead.parse(lines);
      }
    }
  }

  /** Reads exactly this many bytes, whatever they are. */
  public byte[] readBytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Returns how the server has ended the connection; waits for the next byte or the end. */
  public BodyEnd awaitClose() {
    try {
      int next = in.read();
      if (next >= 0) {
        throw new AssertionError("expected the end of the connection, got byte " + next);
      }
      return BodyEnd.CLEAN;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after " + Waiting.LIMIT, e);
    } catch (IOException _) {
      return BodyEnd.RESET;
    }
  }

  /** Returns the body that follows a head; the caller reads it to its end. */
  public Body body(AnswerHead head) {
    return new Body(in, head, /* toHead= */ false);
  }

  /** Closes the connection with a reset, like a player that is killed. */
  public void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  private static Socket open(InetSocketAddress address, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_LIMIT_MILLIS);
    socket.connect(address, READ_LIMIT_MILLIS);
    return socket;
  }

  private Answer read(AnswerHead head, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    for (int read = body.read(buffer, 0, buffer.length);
        read >= 0;
        read = body.read(buffer, 0, buffer.length)) {
      bytes.write(buffer, 0, read);
    }
    return new Answer(head, bytes.toByteArray(), body.ending());
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("connection ended within a head: \"" + line + "\"");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
