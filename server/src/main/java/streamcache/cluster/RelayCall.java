package streamcache.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import streamcache.playback.Headers;

/**
 * One request to another node, on a connection of its own. One thread reads; any thread may close.
 * A read that waits ends when the call is closed.
 */
final class RelayCall implements AutoCloseable {

  /** Between machines of one network. */
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

  /** Longer than a node keeps a player waiting for the next byte ({@code FOLLOWER_WAIT_MAX}). */
  private static final Duration SILENT_FOR = Duration.ofSeconds(75);

  private static final int BUFFER = 64 * 1024;

  private final ClusterNode node;
  private final Duration silentFor;
  private final Socket socket = new Socket();
  private volatile boolean closed;
  private InputStream in = InputStream.nullInputStream();

  /** Body bytes that are left of the response or of its chunk; -1 for all until the end. */
  private long left;

  private boolean isChunked;
  private boolean isOver;

  /** A call of a player, who waits for a provider. */
  RelayCall(ClusterNode node) {
    this(node, SILENT_FOR);
  }

  /**
   * @param silentFor how long the node may send nothing
   */
  RelayCall(ClusterNode node, Duration silentFor) {
    this.node = node;
    this.silentFor = silentFor;
  }

  ClusterNode node() {
    return node;
  }

  /** Sends a request without a body and returns the head of the response; blocks. */
  RelayHead open(String method, String target, Headers headers) throws IOException {
    return open(method, target, headers, /* body= */ new byte[0]);
  }

  /** The same with a body, whose length is among the headers. */
  RelayHead open(String method, String target, Headers headers, byte[] body) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) silentFor.toMillis());
    socket.connect(
        new InetSocketAddress(node.host(), ClusterPorts.relay(node.port())),
        (int) CONNECT_WITHIN.toMillis());
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    for (Headers.Field field : headers.fields()) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    head.append("\r\n");
    socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().write(body);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    RelayHead answer = RelayHead.read(in);
    OptionalLong length = answer.length();
    boolean isBare = method.equals("HEAD") || answer.status() == 304 || answer.status() == 204;
    isChunked = !isBare && answer.isChunked();
    left = isBare || isChunked ? 0 : length.orElse(-1);
    isOver = isBare || (left == 0 && !isChunked);
    return answer;
  }

  /**
   * Reads at least one byte of the body; blocks.
   *
   * @return -1 at the end of a body that is complete
   * @throws IOException the body is cut
   */
  int read(byte[] buffer) throws IOException {
    return read(buffer, buffer.length);
  }

  /**
   * The same for a part of the buffer.
   *
   * @param room at most so many bytes are read; at least 1
   */
  int read(byte[] buffer, int room) throws IOException {
    if (isChunked && left == 0 && !isOver) {
      nextChunk();
    }
    if (isOver) {
      return -1;
    }
    int most = left < 0 ? room : (int) Math.min(room, left);
    int count = in.read(buffer, 0, most);
    if (count < 0) {
      if (left < 0) {
        isOver = true;
        return -1;
      }
      throw new IOException("the node cut the response");
    }
    if (left > 0) {
      left -= count;
      isOver = left == 0 && !isChunked;
      if (left == 0 && isChunked) {
        String _ = RelayHead.line(in);
      }
    }
    return count;
  }

  private void nextChunk() throws IOException {
    String size = RelayHead.line(in).strip();
    try {
      left = Long.parseLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("not a chunk", e);
    }
    isOver = left == 0;
  }

  boolean isClosed() {
    return closed;
  }

  /** Never throws; a read that waits fails. */
  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing is lost: the response is not read any further.
    }
  }
}
