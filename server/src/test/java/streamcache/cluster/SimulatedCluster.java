package streamcache.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import streamcache.link.AccountId;

/**
 * Nodes, a network and a membership in simulated time: views come late and at different moments,
 * messages wait while a process stands still or a cable is cut. After each step it checks that no
 * provider counts connections of two nodes.
 */
final class SimulatedCluster {

  private static final long STEP = Duration.ofMillis(50).toNanos();
  private static final int STEPS_OF_A_BEAT = 20;
  private static final Duration COOL_DOWN = Duration.ofSeconds(1);

  private final Random random;
  private final int size;
  private final Map<String, SimulatedNode> nodes = new TreeMap<>();
  private final List<SimulatedNode> dead = new ArrayList<>();
  private final Map<String, Integer> group = new HashMap<>();
  private final Map<Set<Long>, Long> differsSince = new HashMap<>();
  private final List<AccountKey> accounts =
      IntStream.range(0, 6)
          .mapToObj(i -> AccountKey.of(new AccountId("host" + i + ":80")))
          .toList();
  private final Set<Long> seenToDie = new LinkedHashSet<>();
  long now = Duration.ofHours(1).toNanos();
  private int order;
  private int views;
  private long runs;

  SimulatedCluster(Random random, int size) {
    this.random = random;
    this.size = size;
    for (int i = 0; i < size; i++) {
      start("node" + i);
    }
  }

  void start(String id) {
    nodes.put(id, new SimulatedNode(id, ++runs, size));
    group.putIfAbsent(id, 0);
  }

  List<String> ids() {
    return List.copyOf(nodes.keySet());
  }

  SimulatedNode node(String id) {
    return Objects.requireNonNull(nodes.get(id));
  }

  void kill(String id) {
    SimulatedNode node = node(id);
    node.isDead = true;
    node.closeAll(now);
    dead.add(node);
    // Its neighbour sees that its sockets have been closed, and tells the others.
    for (SimulatedNode other : List.copyOf(nodes.values())) {
      if (other.runs() && isConnected(node, other) && other.view.holds(id)) {
        seenToDie.add(node.self.run());
        post(other, millis(300), () -> other.machine.died(node.self.run(), now));
      }
    }
  }

  void pause(String id, boolean isPaused) {
    node(id).isPaused = isPaused && !node(id).isDead;
  }

  void cut(String id, int side) {
    group.put(id, side);
  }

  void heal() {
    group.replaceAll((_, _) -> 0);
  }

  private boolean isConnected(SimulatedNode one, SimulatedNode other) {
    return Objects.equals(group.get(one.self.id()), group.get(other.self.id()));
  }

  private long millis(int most) {
    return Duration.ofMillis(1 + random.nextInt(most)).toNanos();
  }

  private void post(SimulatedNode to, long delay, Runnable event) {
    to.inbox.add(new SimulatedNode.Due(now + delay, order++, event));
  }

  /** Lets the time pass, in steps. */
  void run(Duration time) {
    for (long left = time.toNanos(); left > 0; left -= STEP) {
      now += STEP;
      membership();
      for (SimulatedNode node : nodes.values()) {
        if (node.runs()) {
          step(node);
        }
      }
      check();
    }
  }

  /** Nodes that see each other for long enough, or no longer, get a view. */
  private void membership() {
    Map<Integer, List<SimulatedNode>> sides = new TreeMap<>();
    for (SimulatedNode node : nodes.values()) {
      if (node.runs()) {
        sides.computeIfAbsent(group.get(node.self.id()), _ -> new ArrayList<>()).add(node);
      }
    }
    Set<Set<Long>> pending = new LinkedHashSet<>();
    for (List<SimulatedNode> side : sides.values()) {
      List<ClusterNode> members = side.stream().map(node -> node.self).toList();
      Set<Long> runsOfSide = runs(members);
      boolean isSame = side.stream().allMatch(node -> runs(node.view.nodes()).equals(runsOfSide));
      if (isSame) {
        continue;
      }
      pending.add(runsOfSide);
      long since = differsSince.computeIfAbsent(runsOfSide, _ -> now);
      if (now - since >= delay(side, runsOfSide)) {
        ClusterView view = new ClusterView("view " + ++views, members);
        side.forEach(node -> {
          node.view = view;
          post(node, millis(300), () -> install(node, view));
        });
      }
    }
    differsSince.keySet().retainAll(pending);
  }

  private static Set<Long> runs(List<ClusterNode> members) {
    Set<Long> runs = new LinkedHashSet<>();
    members.stream().map(ClusterNode::run).sorted().forEach(runs::add);
    return runs;
  }

  /** A death that was seen is noticed soon, a newcomer within seconds, silence after four. */
  private long delay(List<SimulatedNode> side, Set<Long> runsOfSide) {
    boolean isSilent =
        side.stream()
            .flatMap(node -> node.view.nodes().stream())
            .anyMatch(node -> !runsOfSide.contains(node.run()) && !seenToDie.contains(node.run()));
    return Duration.ofMillis(isSilent ? 4000 + 200L * (views % 8) : 700).toNanos();
  }

  private void install(SimulatedNode node, ClusterView view) {
    if (node.machine.viewed(view, now)) {
      node.closeAll(now);
    }
    tell(node, view, node.machine.report(node.busy(now), Map.of(), now));
    tell(node, view, node.machine.beat(now));
  }

  /** Messages reach the members of the sender's view, once they are connected and run. */
  private void tell(SimulatedNode from, ClusterView view, ClusterMessage message) {
    for (SimulatedNode to : nodes.values()) {
      boolean isMember = runs(view.nodes()).contains(to.self.run());
      if (isMember) {
        deliver(from, to, message, millis(60));
      }
    }
  }

  private void deliver(SimulatedNode from, SimulatedNode to, ClusterMessage message, long delay) {
    post(
        to,
        delay,
        () -> {
          if (!isConnected(from, to)) {
            deliver(from, to, message, Duration.ofSeconds(1).toNanos());
          } else if (message instanceof ClusterMessage.Report report) {
            if (to.machine.reported(from.self, report, now)) {
              to.closeAll(now);
            }
          } else if (message instanceof ClusterMessage.Beat beat
              && runs(to.view.nodes()).contains(from.self.run())) {
            to.machine.received(from.self, beat);
          }
        });
  }

  private void step(SimulatedNode node) {
    while (!node.inbox.isEmpty() && node.inbox.peek().time() <= now) {
      node.inbox.poll().event().run();
    }
    if ((now / STEP + node.self.run()) % STEPS_OF_A_BEAT == 0) {
      tell(node, node.view, node.machine.beat(now));
    }
    for (AccountKey account : accounts) {
      long until = now + Duration.ofSeconds(1 + random.nextInt(30)).toNanos();
      if (random.nextInt(10) == 0) {
        node.want(account, COOL_DOWN, until, now);
      }
    }
    // The product looks every quarter of a second; connections are opened between two looks.
    if (random.nextInt(5) == 0 && node.machine.tick(now)) {
      node.closeAll(now);
    }
    List.copyOf(node.open.entrySet()).stream()
        .filter(entry -> entry.getValue() - now <= 0)
        .forEach(entry -> node.close(entry.getKey(), now));
  }

  private void check() {
    for (AccountKey account : accounts) {
      List<SimulatedNode> counted = new ArrayList<>();
      for (SimulatedNode node : nodes.values()) {
        if (node.isCounted(account, COOL_DOWN, now)) {
          counted.add(node);
        }
      }
      for (SimulatedNode node : dead) {
        if (node.isCounted(account, COOL_DOWN, now) && !counted.contains(node)) {
          counted.add(node);
        }
      }
      if (counted.size() > 1) {
        throw new AssertionError(
            "the provider of %s counts connections of %s at once"
                .formatted(account, counted.stream().map(node -> node.self.id()).toList()));
      }
    }
  }

  /** The number of nodes that may use each account: one, if all is well. */
  List<Long> users() {
    return accounts.stream()
        .map(account ->
            nodes.values().stream()
                .filter(node -> node.runs() && node.machine.mayOpen(account, COOL_DOWN, now))
                .count())
        .toList();
  }
}
