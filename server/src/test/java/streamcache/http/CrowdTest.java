package streamcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.playback.Handler;
import streamcache.playback.Headers;
import streamcache.testkit.RawClient;

/** More connections than the limit, and request headers that need more memory than there is. */
final class CrowdTest {

  private static final int ROOM = 32;
  private static final Limits SMALL =
      new Limits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          64 << 10,
          ROOM,
          /* bufferBytesMax= */ 1 << 20);

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  /** Sends the first byte, and the last when the test releases it. */
  private final Handler playing =
      exchange -> {
        exchange.head(200, new Headers().add("Content-Length", "2"));
        exchange.body(ByteBuffer.wrap(new byte[] {'*'}));
        awaitOver();
        exchange.body(ByteBuffer.wrap(new byte[] {'b'}));
        exchange.end();
      };

  @AfterEach
  void closeAll() throws Exception {
    over.countDown();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void idleOnes_makeRoom_whoPlaysStays(Transport transport) throws IOException {
    try (Served served = Served.by(playing, transport, SMALL)) {
      RawClient player = played(served.client());
      List<RawClient> idle = new ArrayList<>();
      for (int i = 0; i < 3 * ROOM; i++) {
        RawClient client = served.client();
        open.add(client);
        idle.add(client.send("OPTIONS / HTTP/1.1\r\nHost: h\r\n\r\n"));
        assertThat(client.readHead().status()).isEqualTo(204);
      }
      RawClient late = played(served.client());
      idle.subList(0, 2 * ROOM).forEach(RawClient::awaitClose);
      over.countDown();
      assertThat(player.readBytes(1)).containsExactly('b');
      assertThat(late.readBytes(1)).containsExactly('b');
    }
  }

  @ParameterizedTest
  @EnumSource
  void busyOnesOfOnePeer_loseTheirOldestToAnother(Transport transport) throws IOException {
    try (Served served = Served.by(playing, transport, SMALL)) {
      List<Socket> crowd = new ArrayList<>();
      for (int i = 0; i < ROOM - 1; i++) {
        crowd.add(playing(served, "127.0.0.2"));
      }
      Socket player = playing(served, "127.0.0.3");
      Socket another = playing(served, "127.0.0.4");
      assertThat(isCut(crowd.getFirst())).isTrue();
      Socket oneMore = connect(served, "127.0.0.2");
      assertThat(isCut(oneMore)).as("the crowd itself gets no more").isTrue();
      over.countDown();
      for (Socket socket : List.of(player, another, crowd.getLast())) {
        assertThat(socket.getInputStream().read()).isEqualTo('b');
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void longHeads_whenMemoryIsShort_areRefusedAndOrdinaryOnesAnswered(Transport transport)
      throws IOException {
    over.countDown();
    try (Served served = Served.by(playing, transport, SMALL)) {
      String half = "GET / HTTP/1.1\r\nHost: h\r\nX: " + "y".repeat(30 << 10);
      boolean isRefused = false;
      for (int i = 0; i < ROOM - 1 && !isRefused; i++) {
        Socket greedy = connect(served, "127.0.0.2");
        greedy.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        greedy.setSoTimeout(300);
        isRefused = answersWith503(greedy);
      }
      assertThat(isRefused).isTrue();
      RawClient player = played(served.client());
      assertThat(player.readBytes(1)).containsExactly('b');
    }
  }

  private RawClient played(RawClient client) throws IOException {
    open.add(client);
    client.request("GET", "/");
    assertThat(client.readHead().status()).isEqualTo(200);
    assertThat(client.readBytes(1)).containsExactly('*');
    return client;
  }

  private Socket connect(Served served, String from) throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    socket.setSoTimeout(20_000);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(served.address());
    return socket;
  }

  private Socket playing(Served served, String from) throws IOException {
    Socket socket = connect(served, from);
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    int read = in.read();
    while (read >= 0 && read != '*') {
      read = in.read();
    }
    assertThat(read).as("answered to %s", from).isEqualTo('*');
    return socket;
  }

  /** Returns false if no response arrives within the socket timeout. */
  private static boolean answersWith503(Socket socket) throws IOException {
    try {
      byte[] line = socket.getInputStream().readNBytes(12);
      return new String(line, StandardCharsets.US_ASCII).equals("HTTP/1.1 503");
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static boolean isCut(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private void awaitOver() {
    try {
      assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
