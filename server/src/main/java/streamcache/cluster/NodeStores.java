package streamcache.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import streamcache.fill.OtherStores;
import streamcache.fill.StoredOffer;
import streamcache.link.TitleKey;
import streamcache.origin.Facts;
import streamcache.playback.Headers;
import streamcache.playback.RelayedClient;

/**
 * Asks the other nodes that are there what they have stored, over the port for relayed requests.
 * Any thread.
 */
final class NodeStores implements OtherStores {

  /**
   * For the answers of all nodes. They take a millisecond or two; a node that stands still leaves
   * the view after about as long, and a loaded one should not cost a download.
   */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);

  /** A node that sends stored bytes does not wait for anything but its disk. */
  private static final Duration SILENT_FOR = Duration.ofSeconds(5);

  /** How long a node that did not answer in time is not asked: it is about to leave the view. */
  private static final Duration REST = Duration.ofSeconds(10);

  /** These requests are of no player, and concern no account. */
  private static final RelayedClient NOBODY =
      new RelayedClient(InetAddress.getLoopbackAddress(), /* isHidden= */ true);

  private static final AccountKey NO_ACCOUNT = new AccountKey(0);

  private final Supplier<List<ClusterNode>> others;
  private final RelayCalls calls;
  private final ClusterKey key;
  private final InstantSource clock;
  private final Duration within;

  /** Until when nodes are not asked, by their runs; monotonic nanoseconds. */
  private final Map<Long, Long> resting = new ConcurrentHashMap<>();

  /**
   * @param others the other nodes that this one sees
   */
  NodeStores(
      Supplier<List<ClusterNode>> others, RelayCalls calls, ClusterKey key, InstantSource clock) {
    this(others, calls, key, clock, ANSWER_WITHIN);
  }

  /**
   * As the other constructor.
   *
   * @param within for the answers of all nodes
   */
  NodeStores(
      Supplier<List<ClusterNode>> others,
      RelayCalls calls,
      ClusterKey key,
      InstantSource clock,
      Duration within) {
    this.others = others;
    this.calls = calls;
    this.key = key;
    this.clock = clock;
    this.within = within;
  }

  @Override
  public List<StoredOffer> ask(TitleKey title, long start) {
    long now = System.nanoTime();
    resting.values().removeIf(until -> until - now <= 0);
    List<Question> questions =
        others.get().stream()
            .filter(node -> !resting.containsKey(node.run()))
            .map(node -> new Question(node, title, start))
            .toList();
    questions.forEach(question -> Thread.startVirtualThread(question::ask));
    List<StoredOffer> offers = new ArrayList<>();
    long until = now + within.toNanos();
    for (Question question : questions) {
      question.answer(until).ifPresent(offers::add);
    }
    return offers;
  }

  private void rest(ClusterNode node) {
    resting.put(node.run(), System.nanoTime() + REST.toNanos());
  }

  private Headers fields(String method, String target, String range) {
    RelayTicket ticket = RelayTicket.of(NOBODY, NO_ACCOUNT, clock.millis());
    return new Headers()
        .add("Host", "streamcache")
        .add("Range", range)
        .add("Connection", "close")
        .add(RelayTicket.FIELD, ticket.sealed(key, method, target, range));
  }

  private RelayHead open(RelayCall call, String method, TitleKey title, String range)
      throws IOException {
    String target = StoredDoor.target(title);
    return call.open(method, target, fields(method, target, range));
  }

  /** What one node is asked for one title. */
  private final class Question {

    private final ClusterNode node;
    private final TitleKey title;
    private final long start;
    private final RelayCall call;
    private final CompletableFuture<Optional<StoredOffer>> answer = new CompletableFuture<>();

    Question(ClusterNode node, TitleKey title, long start) {
      this.node = node;
      this.title = title;
      this.start = start;
      this.call = new RelayCall(node, SILENT_FOR);
    }

    /** A node that cannot be reached has nothing. */
    void ask() {
      Optional<StoredOffer> offer = Optional.empty();
      calls.begin(call);
      try (call) {
        RelayHead head = open(call, "HEAD", title, StoredDoor.range(start, Long.MAX_VALUE));
        offer = StoredHead.of(head).map(stored -> new Offer(node, title, stored));
      } catch (IOException _) {
        // As if it had said that it has none.
      } finally {
        calls.end(call);
        answer.complete(offer);
      }
    }

    /** Waits until then at most, for an answer that counts only if it comes in time. */
    Optional<StoredOffer> answer(long until) {
      boolean isLate =
          answer
              .handle((_, _) -> false)
              .completeOnTimeout(true, Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)
              .join();
      if (isLate) {
        call.close();
        rest(node);
        return Optional.empty();
      }
      return answer.join();
    }
  }

  /** What one node has of one title, as it said. */
  private final class Offer implements StoredOffer {

    private final ClusterNode node;
    private final TitleKey title;
    private final StoredHead stored;

    Offer(ClusterNode node, TitleKey title, StoredHead stored) {
      this.node = node;
      this.title = title;
      this.stored = stored;
    }

    @Override
    public Facts facts() {
      return stored.facts();
    }

    @Override
    public long begun() {
      return stored.begun();
    }

    @Override
    public long end() {
      return stored.end();
    }

    @Override
    public NodeUpstream open(long from, long until) throws IOException {
      RelayCall call = new RelayCall(node, SILENT_FOR);
      calls.begin(call);
      boolean isOpen = false;
      try {
        RelayHead head = NodeStores.this.open(call, "GET", title, StoredDoor.range(from, until));
        RelayHead.Part part =
            head.part().orElseThrow(() -> new IOException("it has no such bytes"));
        boolean isSame =
            StoredHead.of(head).filter(now -> now.file().equals(stored.file())).isPresent();
        if (!isSame || part.start() != from || part.end() > until) {
          throw new IOException("it has another file");
        }
        isOpen = true;
        return new NodeUpstream(call, calls, stored.facts(), part, () -> rest(node));
      } finally {
        if (!isOpen) {
          calls.end(call);
          call.close();
        }
      }
    }
  }
}
