package streamcache.cluster;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.fill.AccountHomes;
import streamcache.fill.OtherStores;
import streamcache.link.AccountId;
import streamcache.playback.Elsewhere;
import streamcache.playback.Handler;
import streamcache.playback.RelayedClient;
import streamcache.playback.Request;
import streamcache.playback.StoredTitles;
import streamcache.settings.ClusterSettings;

/**
 * The entry point of the package: this server as a node of a cluster. One thread, {@code cluster},
 * passes what happens to the {@link HomesMachine} and carries out what follows. Owned by the
 * server; closed after its connections to providers.
 */
public final class Cluster implements AccountHomes, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  /** Profiles of accounts in one message. */
  private static final int MOST_LESSONS = 64;

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** How late connections are closed after the lease has ended. */
  private static final Duration TICK = Duration.ofMillis(250);

  /** Time to find the others before the log says that there are too few. */
  private static final Duration START = Duration.ofSeconds(5);

  /** A stranger that keeps knocking is named once in this time. */
  private static final Duration STRANGER = Duration.ofMinutes(1);

  private final Membership membership;
  private final HomesKeeper homes;
  private final ClusterKey key;
  private final UnaryOperator<AccountId> named;
  private final Map<String, String> settings;
  private final RelayCalls calls = new RelayCalls();
  private final ScheduledThreadPoolExecutor thread;
  private final Set<String> differences = new TreeSet<>();
  private volatile AccountUse use = new NoAccounts();
  private volatile long strangerAt = System.nanoTime() - STRANGER.toNanos();
  private final long begun = System.nanoTime();
  private boolean wasInCharge;

  /** Whether the log says whether this node may use accounts; used by the thread. */
  private boolean isTold;

  /**
   * @param listed the number of nodes that the settings list
   * @param named the account that the settings give a name, else the same
   * @param settings the values that have to agree, by name; sent as digests
   */
  Cluster(
      Membership membership,
      int listed,
      ClusterKey key,
      UnaryOperator<AccountId> named,
      Map<String, String> settings) {
    this.membership = membership;
    this.homes = new HomesKeeper(membership.self(), listed);
    this.key = key;
    this.named = named;
    this.settings =
        settings.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    setting -> key.digest(setting.getKey() + "=" + setting.getValue())));
    this.thread =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("cluster").factory());
    this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Finds where this node is; blocks for look-ups of names.
   *
   * @param id of the cache folder
   * @param named the account that the settings give a name, else the same
   * @param compared the values that have to agree, by name
   * @throws IOException the ports cannot be used; the message says what to do
   */
  public static Cluster open(
      ClusterSettings settings,
      String id,
      UnaryOperator<AccountId> named,
      Map<String, String> compared)
      throws IOException {
    OwnPlace place = OwnPlace.find(settings);
    ClusterNode self =
        new ClusterNode(
            id,
            new SecureRandom().nextLong(),
            place.address().getHostAddress(),
            place.port(),
            place.isPrimary());
    ClusterKey key = new ClusterKey(settings.key().reveal());
    Membership membership = new GroupMembership(self, place.address(), settings.places(), key);
    return new Cluster(membership, place.listed(), key, named, compared);
  }

  public ClusterNode self() {
    return membership.self();
  }

  /**
   * Joins the other nodes; blocks for about a second if none is there.
   *
   * @throws IOException the port cannot be used; the message says what to do
   */
  public void join(AccountUse accounts) throws IOException {
    use = accounts;
    membership.join(new Events());
    var _ = thread.scheduleAtFixedRate(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        thread.scheduleAtFixedRate(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Passes what happens on to the thread. */
  private final class Events implements Membership.Listener {

    @Override
    public void viewed(ClusterView view) {
      execute(() -> Cluster.this.viewed(view));
    }

    @Override
    public void received(ClusterNode from, byte[] message) {
      execute(() ->
          MessageCodec.decode(message).ifPresent(decoded -> Cluster.this.received(from, decoded)));
    }

    @Override
    public void closed(ClusterNode node) {
      execute(() -> tell(new ClusterMessage.Died(node.id(), node.run())));
    }

    @Override
    public void refused(String place) {
      long now = System.nanoTime();
      if (now - strangerAt >= STRANGER.toNanos()) {
        strangerAt = now;
        LOG.warn(
            "event=cluster.refused from={}: it does not have the key of this cluster; set the same"
                + " CLUSTER_KEY on every node",
            place);
      }
    }
  }

  private void execute(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException _) {
      // The server is stopping.
    }
  }

  /** A fault must not end the thread: without it, nothing would be closed in time. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("event=cluster.fault", e);
    }
  }

  private void viewed(ClusterView view) {
    LOG.info(
        "event=cluster.view nodes={} places={}",
        view.nodes().size(),
        view.nodes().stream().map(ClusterNode::place).sorted().collect(Collectors.joining(",")));
    closeIf(homes.on(machine -> machine.viewed(view, System.nanoTime())));
    Set<AccountKey> busy = use.busy().stream().map(AccountKey::of).collect(Collectors.toSet());
    ClusterMessage.Report report =
        homes.on(machine -> machine.report(busy, settings, System.nanoTime()));
    tell(report);
    beatNow();
    calls.keep(view.nodes());
    use.closeIdle();
    use.repeatLessons();
    if (view.hasTwins()) {
      LOG.error(
          "event=cluster.twins: two nodes have the same id because a cache folder was copied; give"
              + " one of them an empty CACHE_DIR");
    }
  }

  private void received(ClusterNode from, ClusterMessage message) {
    switch (message) {
      case ClusterMessage.Report report -> {
        compare(from, report);
        boolean wasSettled = homes.ask(HomesMachine::isSettled);
        closeIf(homes.on(machine -> machine.reported(from, report, System.nanoTime())));
        if (!wasSettled && homes.ask(HomesMachine::isSettled)) {
          use.leave(account -> homes.place(AccountKey.of(account)) instanceof HomePlace.There);
        }
      }
      case ClusterMessage.Beat beat ->
          homes.on(machine -> {
            machine.received(from, beat);
            return true;
          });
      case ClusterMessage.Lessons lessons -> hear(from, lessons);
      case ClusterMessage.Leaving _ ->
          homes.on(machine -> {
            machine.leaves(from, System.nanoTime());
            return true;
          });
      case ClusterMessage.Died(String _, long run) ->
          homes.on(machine -> {
            machine.died(run, System.nanoTime());
            return true;
          });
    }
  }

  /** Names the settings in which the other node differs, once. */
  private void compare(ClusterNode from, ClusterMessage.Report report) {
    for (Map.Entry<String, String> setting : report.settings().entrySet()) {
      String own = settings.get(setting.getKey());
      if (own != null
          && !own.equals(setting.getValue())
          && differences.add(setting.getKey() + " " + from.run())) {
        LOG.warn(
            "event=cluster.settings-differ node={} setting={}: set the same value on every node",
            from.place(),
            setting.getKey());
      }
    }
  }

  private void beat() {
    guarded(() -> {
      beatNow();
      tellLessons();
    });
  }

  /** In portions: the library sends no message of more than 64 KiB. */
  private void tellLessons() {
    Map<String, String> portion = new HashMap<>();
    for (Map.Entry<AccountId, String> lesson : use.lessons().entrySet()) {
      portion.put(lesson.getKey().value(), lesson.getValue());
      if (portion.size() == MOST_LESSONS) {
        tell(new ClusterMessage.Lessons(portion));
        portion.clear();
      }
    }
    if (!portion.isEmpty()) {
      tell(new ClusterMessage.Lessons(portion));
    }
  }

  private void hear(ClusterNode from, ClusterMessage.Lessons lessons) {
    if (!from.equals(membership.self())) {
      lessons.profiles().forEach((account, line) -> use.hear(new AccountId(account), line));
    }
  }

  private void beatNow() {
    tell(homes.ask(machine -> machine.beat(System.nanoTime())));
  }

  private void tick() {
    guarded(() -> {
      closeIf(homes.on(machine -> machine.tick(System.nanoTime())));
      boolean isInCharge = isInCharge();
      boolean isStarting = System.nanoTime() - begun < START.toNanos();
      if (isInCharge != wasInCharge || (!isInCharge && !isTold && !isStarting)) {
        wasInCharge = isInCharge;
        isTold = true;
        LOG.info(
            isInCharge
                ? "event=cluster.in-charge: this node may use accounts"
                : "event=cluster.alone: this node sees too few of the others, and sends what it"
                    + " has stored only");
      }
    });
  }

  private void closeIf(boolean must) {
    if (must) {
      LOG.warn("event=cluster.closed: this node has closed its connections to providers");
      use.closeAll();
    }
  }

  private void tell(ClusterMessage message) {
    membership.tellAll(MessageCodec.encode(message));
  }

  @Override
  public boolean mayOpen(AccountId account, Duration coolDown) {
    return homes.mayOpen(AccountKey.of(account), coolDown);
  }

  /** Plays titles for players of this node that another node fetches. */
  public Elsewhere elsewhere(Function<Request, RelayedClient> clients, InstantSource clock) {
    return new Relay(
        homes, calls, key, link -> AccountKey.of(named.apply(link.account())), clients, clock);
  }

  /**
   * Answers the requests that other nodes relay.
   *
   * @param players answers requests for links
   */
  public Handler door(
      Handler players, StoredTitles stored, Operators operators, InstantSource clock) {
    return new RelayDoor(
        key,
        new SpentTickets(clock),
        homes::place,
        players,
        new StoredDoor(stored),
        new OperatorDoor(operators));
  }

  /** The way of an operator's requests to the other nodes. */
  public OperatorRelay operators(InstantSource clock) {
    return new OperatorRelay(() -> homes.ask(HomesMachine::others), calls, key, clock);
  }

  /** What the other nodes have stored. */
  public OtherStores otherStores(InstantSource clock) {
    return new NodeStores(() -> homes.ask(HomesMachine::others), calls, key, clock);
  }

  /** The nodes and what this one does with them. */
  public ClusterStatus status() {
    return homes.ask(machine ->
        new ClusterStatus(
            membership.self(),
            machine.nodes(),
            machine.isInCharge(System.nanoTime()),
            calls.open(),
            calls.requests(),
            calls.resumed(),
            calls.bytes(),
            calls.copied()));
  }

  private boolean isInCharge() {
    return homes.ask(machine -> machine.isInCharge(System.nanoTime()));
  }

  /** Tells the others that nothing is open here any more, and leaves. */
  @Override
  public void close() {
    tell(new ClusterMessage.Leaving());
    membership.close();
    thread.shutdownNow();
  }
}
