package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import streamcache.fill.StoredOffer;
import streamcache.link.TitleKey;

/** Nodes that do not answer what this one asks for. */
@Timeout(60)
final class NodeStoresTest {

  private static final TitleKey TITLE = new TitleKey("abcdefghijklmnopqrstuvwxyz");

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static ClusterNode at(int relayPort, long run) {
    return new ClusterNode(
        "node" + run, run, "127.0.0.1", relayPort - ClusterPorts.relay(0), /* isPrimary= */ false);
  }

  private static NodeStores stores(List<ClusterNode> nodes, Duration within) {
    return new NodeStores(
        () -> nodes, new RelayCalls(), new ClusterKey("key"), InstantSource.system(), within);
  }

  @Test
  void ask_nodeIsSilent_givesUpAndDoesNotAskItAgainSoon() throws Exception {
    try (ServerSocket silent = listening();
        ServerSocket second = listening()) {
      BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
      for (ServerSocket socket : List.of(silent, second)) {
        Thread.startVirtualThread(() -> {
          try {
            while (true) {
              accepted.add(socket.accept());
            }
          } catch (IOException _) {
            // The test has ended.
          }
        });
      }
      List<ClusterNode> nodes = new ArrayList<>(List.of(at(silent.getLocalPort(), 1)));
      NodeStores stores = stores(nodes, Duration.ofMillis(50));

      assertThat(stores.ask(TITLE, 0)).isEmpty();
      Socket first = accepted.take();
      nodes.add(at(second.getLocalPort(), 2));
      assertThat(stores.ask(TITLE, 0)).isEmpty();
      Socket other = accepted.take();

      assertThat(first.getLocalPort()).isEqualTo(silent.getLocalPort());
      assertThat(other.getLocalPort()).isEqualTo(second.getLocalPort());
      assertThat(accepted).isEmpty();
    }
  }

  @Test
  void ask_nodeIsGone_isNotWaitedFor() throws Exception {
    int port;
    try (ServerSocket gone = listening()) {
      port = gone.getLocalPort();
    }

    List<StoredOffer> offers = stores(List.of(at(port, 1)), Duration.ofHours(1)).ask(TITLE, 0);

    assertThat(offers).isEmpty();
  }
}
