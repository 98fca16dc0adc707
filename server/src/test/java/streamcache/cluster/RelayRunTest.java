package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import streamcache.playback.ClientGone;
import streamcache.playback.Headers;
import streamcache.playback.RecordedExchange;
import streamcache.playback.Request;

/** A response that another node sends, while its player leaves. */
final class RelayRunTest {

  private static final Request REQUEST =
      new Request(
          "id",
          "GET",
          "/u/x",
          new Headers(),
          /* http11= */ true,
          InetAddress.getLoopbackAddress(),
          /* body= */ "");

  /** Found in review: nothing would have cut the call until the node was silent for 75 s. */
  @Test
  void from_playerHasLeftBefore_requestsNothing() throws Exception {
    try (ServerSocket node = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AtomicInteger requests = new AtomicInteger();
      Thread answering =
          Thread.startVirtualThread(() -> {
            try (Socket _ = node.accept()) {
              requests.incrementAndGet();
            } catch (IOException _) {
              // The test has ended without a request.
            }
          });
      RecordedExchange exchange = new RecordedExchange(REQUEST);
      RelayRun run = new RelayRun(exchange, new RelayCalls(), (_, _) -> new Headers());
      exchange.leave();

      int membership = node.getLocalPort() - (ClusterPorts.relay(1) - 1);
      ClusterNode home = new ClusterNode("home", 1, "127.0.0.1", membership, false);
      assertThatThrownBy(() -> run.from(home)).isInstanceOf(ClientGone.class);

      node.close();
      answering.join();
      assertThat(requests).hasValue(0);
    }
  }
}
