package streamcache.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.RelayedClient;
import streamcache.playback.Request;

/** Passes requests of the operator on to the node that they name. Any thread; blocks. */
public final class OperatorRelay {

  /** Longer than a node waits for its store. */
  private static final Duration SILENT_FOR = Duration.ofSeconds(30);

  private static final int BUFFER = 64 * 1024;

  /** The fields that change what a request does. */
  private static final List<String> PASSED = List.of("Content-Type", "If-Match");

  /** Nothing depends on who the operator is. */
  private static final RelayedClient NOBODY =
      new RelayedClient(InetAddress.getLoopbackAddress(), /* isHidden= */ false);

  private static final AccountKey NO_ACCOUNT = new AccountKey(0);

  private final Supplier<List<ClusterNode>> others;
  private final RelayCalls calls;
  private final ClusterKey key;
  private final InstantSource clock;

  /**
   * @param others the nodes of the cluster, without this one
   */
  OperatorRelay(
      Supplier<List<ClusterNode>> others, RelayCalls calls, ClusterKey key, InstantSource clock) {
    this.others = others;
    this.calls = calls;
    this.key = key;
    this.clock = clock;
  }

  /** Another node, by its id or its place. */
  public Optional<ClusterNode> other(String name) {
    return others.get().stream()
        .filter(node -> node.id().equals(name) || node.place().equals(name))
        .findFirst();
  }

  /**
   * Has the node answer.
   *
   * @param mayOperate whether the operator may change anything
   * @throws IOException the node does not answer, and nothing was sent to the operator
   */
  public void pass(Exchange exchange, ClusterNode node, boolean mayOperate)
      throws IOException, ClientGone {
    Request request = exchange.request();
    RelayCall call = new RelayCall(node, SILENT_FOR);
    calls.begin(call);
    try (call) {
      String target = OperatorTarget.of(request, mayOperate).written();
      byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
      RelayHead head = call.open(request.method(), target, fields(request, target, body), body);
      exchange.head(head.status(), head.forPlayer());
      send(exchange, call);
    } finally {
      calls.end(call);
    }
  }

  private Headers fields(Request request, String target, byte[] body) {
    RelayTicket ticket = RelayTicket.of(NOBODY, NO_ACCOUNT, clock.millis());
    Headers fields =
        new Headers()
            .add("Host", "streamcache")
            .add("Connection", "close")
            .add("Content-Length", Integer.toString(body.length))
            .add(RelayTicket.FIELD, ticket.sealed(key, request.method(), target, /* range= */ ""));
    for (String name : PASSED) {
      request.headers().first(name).ifPresent(value -> fields.add(name, value));
    }
    return fields;
  }

  private static void send(Exchange exchange, RelayCall call) throws ClientGone {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int count = call.read(buffer); count >= 0; count = call.read(buffer)) {
        exchange.body(ByteBuffer.wrap(buffer, 0, count));
      }
      exchange.end();
    } catch (IOException cut) {
      exchange.abort();
    }
  }
}
