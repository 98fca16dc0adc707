package streamcache.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Request;

/**
 * One response that other nodes send and this one passes on. Where the first of them fails in the
 * middle, another one continues, if it has the same file: as long, and equal where both have sent
 * bytes. Used by the request's thread.
 */
final class RelayRun {

  /** What one node's part in the response has come to. */
  enum Step {
    /** The response is complete. */
    DONE,
    /** The node has failed, or is not the home: another one may continue. */
    AGAIN,
    /** No other node can continue what was sent. */
    STUCK
  }

  private static final int BUFFER = 64 * 1024;

  /**
   * Statuses of a node that cannot fetch the title now, perhaps because it has just become its
   * home.
   */
  private static final int FIRST_ERROR = 500;

  private final Exchange exchange;
  private final Request request;
  private final RelayCalls calls;
  private final BiFunction<Request, String, Headers> fields;
  private final byte[] buffer = new byte[BUFFER];
  private final SentTail tail = new SentTail();
  private volatile @Nullable RelayCall current;
  private boolean headSent;

  /** What the response holds; null if it cannot be continued. */
  private RelayHead.@Nullable Part promised;

  /** The next byte of the file that the player needs. */
  private long position;

  /**
   * @param fields makes the header fields for a node from the player's request and the Range
   */
  RelayRun(Exchange exchange, RelayCalls calls, BiFunction<Request, String, Headers> fields) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.calls = calls;
    this.fields = fields;
    exchange.onGone(this::cut);
  }

  private void cut() {
    RelayCall call = current;
    if (call != null) {
      call.close();
    }
  }

  boolean headSent() {
    return headSent;
  }

  long sent() {
    return exchange.sent();
  }

  /** Has the node send the response, or the rest of it; blocks. */
  Step from(ClusterNode node) throws ClientGone {
    try (RelayCall call = new RelayCall(node)) {
      current = call;
      if (exchange.isGone()) {
        // It left before there was a call to cut, which would wait for as long as the node is
        // silent.
        throw new ClientGone("left before another node answered");
      }
      calls.begin(call);
      try {
        return headSent ? resume(call) : begin(call);
      } finally {
        calls.end(call);
      }
    } catch (IOException e) {
      if (exchange.isGone()) {
        throw new ClientGone("left while another node answered");
      }
      return headSent && promised == null ? Step.STUCK : Step.AGAIN;
    }
  }

  private Step begin(RelayCall call) throws IOException, ClientGone {
    String range = request.headers().first("Range").orElse("");
    RelayHead head = call.open(request.method(), request.target(), fields.apply(request, range));
    if (head.status() == RelayDoor.NOT_HERE) {
      return Step.AGAIN;
    }
    Optional<RelayHead.Part> part = request.method().equals("GET") ? head.part() : Optional.empty();
    promised = part.orElse(null);
    position = part.map(RelayHead.Part::start).orElse(0L);
    headSent = true;
    exchange.head(head.status(), head.forPlayer());
    return pass(call, /* known= */ 0);
  }

  private Step resume(RelayCall call) throws IOException, ClientGone {
    RelayHead.Part whole = promised;
    if (whole == null) {
      return Step.STUCK;
    }
    int known = tail.length();
    String range = "bytes=" + (position - known) + "-" + (whole.end() - 1);
    RelayHead head = call.open(request.method(), request.target(), fields.apply(request, range));
    if (head.status() == RelayDoor.NOT_HERE || head.status() >= FIRST_ERROR) {
      return Step.AGAIN;
    }
    RelayHead.Part rest = head.part().orElse(null);
    boolean isSame =
        rest != null
            && rest.start() == position - known
            && rest.end() == whole.end()
            && rest.total() == whole.total();
    if (!isSame) {
      return Step.STUCK;
    }
    calls.isResumed();
    return pass(call, known);
  }

  /**
   * @param known how many bytes the player has already; they are compared
   */
  private Step pass(RelayCall call, int known) throws IOException, ClientGone {
    int back = known;
    int count = call.read(buffer);
    while (count >= 0) {
      int again = Math.min(back, count);
      if (!tail.isEqual(buffer, again, back)) {
        return Step.STUCK;
      }
      back -= again;
      give(again, count - again);
      count = call.read(buffer);
    }
    exchange.end();
    return Step.DONE;
  }

  private void give(int from, int length) throws ClientGone {
    if (length == 0) {
      return;
    }
    exchange.body(ByteBuffer.wrap(buffer, from, length).slice());
    tail.add(buffer, from, length);
    position += length;
    calls.passed(length);
  }
}
