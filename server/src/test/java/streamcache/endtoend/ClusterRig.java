package streamcache.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import streamcache.testkit.process.Run;

/** Several servers on this machine that act as one, each in a process of its own. */
final class ClusterRig implements AutoCloseable {

  private static final int FIRST_PORT = 12_000;
  private static final int LAST_PORT = 32_000;

  static final String KEY = "key-of-the-cluster-in-a-test";

  private final Path folder;
  private final Map<String, String> settings;
  private final String rules;
  private final String places;
  private final List<Product> nodes = new ArrayList<>();

  private ClusterRig(Path folder, int size, Map<String, String> settings, String rules)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.rules = rules;
    this.places =
        freePorts(size).stream()
            .map(port -> "127.0.0.1:" + port)
            .collect(Collectors.joining(",", "tcp://", ""));
  }

  /** Starts all nodes and waits until they see each other. */
  static ClusterRig start(Path folder, int size, Map<String, String> settings) throws IOException {
    return start(folder, size, settings, /* rules= */ "");
  }

  /**
   * The same with rules for the provider, beside its cool-down.
   *
   * @param rules lines of its block
   */
  static ClusterRig start(Path folder, int size, Map<String, String> settings, String rules)
      throws IOException {
    ClusterRig rig = new ClusterRig(folder, size, settings, rules);
    boolean isStarted = false;
    try {
      for (int i = 0; i < size; i++) {
        rig.nodes.add(rig.node("node" + i, Map.of()));
      }
      rig.nodes.forEach(node -> awaitView(node, size));
      rig.nodes.forEach(node -> node.process().awaitLine(Pattern.compile("cluster\\.in-charge")));
      isStarted = true;
      return rig;
    } finally {
      if (!isStarted) {
        rig.close();
      }
    }
  }

  /** Starts one more process with the settings of the nodes, and others on top. */
  Product node(String name, Map<String, String> others) throws IOException {
    Path config = Files.createDirectories(folder.resolve(name).resolve("config"));
    Files.writeString(
        config.resolve("streamcache.conf"), "[provider 127.0.0.1]\nCOOL_DOWN = 1s\n" + rules);
    Map<String, String> own = new HashMap<>(settings);
    own.put("CLUSTER", places);
    own.put("CLUSTER_KEY", KEY);
    own.putAll(others);
    return Product.start(folder.resolve(name), own);
  }

  /** The places of all nodes, as the setting has them. */
  String places() {
    return places;
  }

  /** Starts a node again that has ended, on its own folder; the caller closes it. */
  Product restart(Product ended) throws IOException {
    return node("node" + nodes.indexOf(ended), Map.of());
  }

  static void awaitView(Product node, int size) {
    awaitView(node, size, /* times= */ 1);
  }

  /** Waits until the node has begun so many views of that size. */
  static void awaitView(Product node, int size, int times) {
    var _ = node.process().awaitLine(view(size), times);
  }

  /** How many views of that size the node has begun. */
  static int views(Product node, int size) {
    return (int) node.process().lines().stream().filter(view(size).asPredicate()).count();
  }

  private static Pattern view(int size) {
    return Pattern.compile("cluster\\.view nodes=" + size + " ");
  }

  /** What each node has learned about providers, as it is kept; stops the nodes. */
  List<String> stopAndReadLessons() throws IOException {
    List<String> lessons = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      int _ = nodes.get(i).process().terminate();
      lessons.add(Files.readString(folder.resolve("node" + i).resolve("cache/PROVIDERS")));
    }
    return lessons;
  }

  List<Product> nodes() {
    return List.copyOf(nodes);
  }

  /** The node that has received bytes from providers; there must be exactly one. */
  Product home() throws IOException {
    List<Product> homes = new ArrayList<>();
    for (Product node : nodes) {
      if (node.process().isAlive() && node.received() > 0) {
        homes.add(node);
      }
    }
    if (homes.size() != 1) {
      throw new AssertionError(homes.size() + " nodes have fetched something");
    }
    return homes.getFirst();
  }

  /** The nodes other than this one. */
  List<Product> others(Product than) {
    return nodes.stream().filter(node -> node != than).toList();
  }

  /** Sends a signal, such as STOP or CONT. */
  static void signal(Product node, String name) {
    var _ = Run.of(List.of("kill", "-" + name, Long.toString(node.process().pid()))).expectGood();
  }

  /**
   * Ports of which the two after them are free, too; below those that the system gives to outgoing
   * connections, one of which could take a port before its node does.
   */
  static List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      boolean isApart = ports.stream().allMatch(other -> Math.abs(other - port) > 2);
      if (isApart && isFree(port) && isFree(port + 1) && isFree(port + 2)) {
        ports.add(port);
      }
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    nodes.forEach(Product::close);
  }
}
