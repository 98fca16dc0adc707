package streamcache.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import streamcache.link.AccountId;

/**
 * Any number of nodes with the product's own machine of homes, on a network in virtual time that
 * loses nothing. In this package, because the machine is not for others. Counts what nodes send,
 * and for how long an account stands still when a node dies or joins.
 */
public final class ScaledCluster {

  /** How often the product sends its beat. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration COOL_DOWN = Duration.ofSeconds(1);

  private static final int LOOKUPS = 2_000;

  /** From the end of a process to the message of its neighbour, and to the next view. */
  private static final Duration SEEN_WITHIN = Duration.ofMillis(200);

  private static final Duration VIEW_AFTER_DEATH = Duration.ofMillis(700);

  /** The timeout of the heartbeats, and the question whether the node is there. */
  private static final Duration VIEW_AFTER_SILENCE = Duration.ofMillis(4500);

  /** Standing still for longer than this is reported as it is. */
  private static final Duration LONGEST = Duration.ofSeconds(40);

  /**
   * Messages between nodes.
   *
   * @param bytes before encryption, without the head of the transport
   */
  public record Traffic(long messages, long bytes) {

    Traffic plus(long size) {
      return new Traffic(messages + 1, bytes + size);
    }
  }

  /**
   * What a change of the group did.
   *
   * @param moved accounts that have another home now
   * @param movedInUse those of them that were in use, beside the accounts of a node that is lost
   * @param longest seconds until the last account could be used again
   * @param longestInUse the same, of the accounts that nodes who stayed were using
   * @param reports what the nodes sent when the view began
   */
  public record Change(
      int moved, int movedInUse, double longest, double longestInUse, Traffic reports) {}

  private record Due(long time, long order, Runnable event) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(time, other.time);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  private static final class Node {
    private final ClusterNode self;
    private final HomesMachine machine;
    private final Set<AccountKey> used = new HashSet<>();

    private Node(ClusterNode self, int listed) {
      this.self = self;
      this.machine = new HomesMachine(self, listed);
    }
  }

  private final Random random;
  private final int listed;
  private final List<Node> nodes = new ArrayList<>();
  private final List<AccountKey> accounts;
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private long now = Duration.ofHours(1).toNanos();
  private long order;
  private long views;
  private Traffic beats = new Traffic(0, 0);
  private Traffic reports = new Traffic(0, 0);
  private long machineNanos;

  /** Nodes that have agreed with each other; none of the accounts is in use. */
  public ScaledCluster(int nodes, int accounts, long seed) {
    this.random = new Random(seed);
    this.listed = nodes;
    this.accounts =
        IntStream.range(0, accounts)
            .mapToObj(i -> AccountKey.of(new AccountId("provider" + i + ".example:80")))
            .toList();
    for (int i = 0; i < nodes; i++) {
      add();
    }
    view();
    run(Duration.ofSeconds(3));
  }

  private void add() {
    int number = nodes.size();
    String host = "10.0.%d.%d".formatted(number >> 8, number & 255);
    nodes.add(
        new Node(new ClusterNode("node" + number, random.nextLong(), host, 7800, false), listed));
  }

  private void view() {
    ClusterView next =
        new ClusterView("view" + ++views, nodes.stream().map(node -> node.self).toList());
    for (Node node : nodes) {
      post(() -> {
        if (node.machine.viewed(next, now)) {
          node.used.clear();
        }
        ClusterMessage report = node.machine.report(node.used, Map.of(), now);
        byte[] bytes = MessageCodec.encode(report);
        beat(node);
        for (Node other : List.copyOf(nodes)) {
          if (other != node) {
            reports = reports.plus(bytes.length);
          }
          post(() -> other.machine.reported(node.self, (ClusterMessage.Report) report, now));
        }
      });
    }
  }

  private void post(Runnable event) {
    due.add(new Due(now + Duration.ofMillis(1 + random.nextInt(30)).toNanos(), order++, event));
  }

  private void beat(Node node) {
    long begun = System.nanoTime();
    ClusterMessage.Beat beat = node.machine.beat(now);
    long size = MessageCodec.encode(beat).length;
    machineNanos += System.nanoTime() - begun;
    for (Node other : List.copyOf(nodes)) {
      if (other != node) {
        beats = beats.plus(size);
        post(() -> other.machine.received(node.self, beat));
      }
    }
  }

  private void run(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      step();
    }
  }

  private void step() {
    long last = now;
    now += STEP.toNanos();
    long begun = System.nanoTime();
    while (!due.isEmpty() && due.peek().time() <= now) {
      due.poll().event().run();
    }
    for (Node node : nodes) {
      if (node.machine.tick(now)) {
        node.used.clear();
      }
    }
    machineNanos += System.nanoTime() - begun;
    if (now / BEAT.toNanos() != last / BEAT.toNanos()) {
      List.copyOf(nodes).forEach(this::beat);
    }
  }

  /** The home of each account begins to use it. */
  public void useAll() {
    for (AccountKey account : accounts) {
      home(account)
          .filter(node -> node.machine.mayOpen(account, COOL_DOWN, now))
          .ifPresent(node -> node.used.add(account));
    }
  }

  /** Empty while that is not settled. */
  private Optional<Node> home(AccountKey account) {
    return switch (nodes.getFirst().machine.place(account, now)) {
      case HomePlace.Here _ -> Optional.of(nodes.getFirst());
      case HomePlace.There(ClusterNode there) ->
          nodes.stream().filter(node -> node.self.equals(there)).findFirst();
      case HomePlace.Unsettled _ -> Optional.empty();
    };
  }

  private boolean isUsable(AccountKey account) {
    return nodes.stream()
        .filter(node -> node.used.contains(account))
        .findFirst()
        .or(() -> home(account))
        .filter(node -> node.machine.mayOpen(account, COOL_DOWN, now))
        .isPresent();
  }

  /** What all nodes together send while nothing changes, and the processor time of the machines. */
  public Traffic beats(Duration time) {
    beats = new Traffic(0, 0);
    machineNanos = 0;
    run(time);
    return beats;
  }

  /** Processor seconds since the last measurement of the beats began, of all nodes together. */
  public double machineSeconds() {
    return machineNanos / 1e9;
  }

  /** Microseconds that a request needs to find the home of an account that is not in use. */
  public double lookupMicros() {
    HomesMachine machine = nodes.getFirst().machine;
    long begun = System.nanoTime();
    for (int lookup = 0; lookup < LOOKUPS; lookup++) {
      if (machine.place(accounts.get(lookup % accounts.size()), now)
          instanceof HomePlace.Unsettled) {
        throw new IllegalStateException("the nodes have not agreed");
      }
    }
    return (System.nanoTime() - begun) / 1e3 / LOOKUPS;
  }

  /** How many accounts each node is the home of, in ascending order. */
  public List<Integer> accountsOfNodes() {
    Map<Node, Integer> counts = new HashMap<>();
    nodes.forEach(node -> counts.put(node, 0));
    for (AccountKey account : accounts) {
      counts.merge(home(account).orElseThrow(), 1, Integer::sum);
    }
    return counts.values().stream().sorted().toList();
  }

  /** Ends the node that is the home of most accounts; its neighbours notice at once or not. */
  public Change lose(boolean isSeen) {
    Map<AccountKey, Optional<Node>> before = homes();
    Node gone =
        nodes.stream()
            .max((one, other) -> Integer.compare(one.used.size(), other.used.size()))
            .orElseThrow();
    nodes.remove(gone);
    if (isSeen) {
      in(SEEN_WITHIN, () -> nodes.forEach(node -> node.machine.died(gone.self.run(), now)));
    }
    in(isSeen ? VIEW_AFTER_DEATH : VIEW_AFTER_SILENCE, this::view);
    return change(before);
  }

  /** A node joins; accounts that are in use stay where they are. */
  public Change join() {
    Map<AccountKey, Optional<Node>> before = homes();
    add();
    in(VIEW_AFTER_DEATH, this::view);
    return change(before);
  }

  private void in(Duration delay, Runnable event) {
    due.add(new Due(now + delay.toNanos(), order++, event));
  }

  private Map<AccountKey, Optional<Node>> homes() {
    Map<AccountKey, Optional<Node>> homes = new HashMap<>();
    accounts.forEach(account -> homes.put(account, home(account)));
    return homes;
  }

  private Change change(Map<AccountKey, Optional<Node>> before) {
    reports = new Traffic(0, 0);
    long begun = now;
    Set<AccountKey> inUse = new HashSet<>();
    nodes.forEach(node -> inUse.addAll(node.used));
    Map<AccountKey, Long> last = new HashMap<>();
    while (now - begun < LONGEST.toNanos()) {
      step();
      for (AccountKey account : accounts) {
        if (!isUsable(account)) {
          last.put(account, now - begun);
        }
      }
    }
    Map<AccountKey, Optional<Node>> after = homes();
    List<AccountKey> moved =
        accounts.stream()
            .filter(account -> !Objects.equals(before.get(account), after.get(account)))
            .toList();
    return new Change(
        moved.size(),
        (int) moved.stream().filter(inUse::contains).count(),
        longest(last, accounts),
        longest(last, List.copyOf(inUse)),
        reports);
  }

  private static double longest(Map<AccountKey, Long> last, List<AccountKey> of) {
    return of.stream().mapToLong(account -> last.getOrDefault(account, 0L)).max().orElse(0) / 1e9;
  }
}
