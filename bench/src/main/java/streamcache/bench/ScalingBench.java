package streamcache.bench;

import java.time.Duration;
import java.util.List;
import streamcache.cluster.ScaledCluster;
import streamcache.cluster.ScaledCluster.Change;
import streamcache.cluster.ScaledCluster.Traffic;

/**
 * What a cluster of many nodes would cost, in virtual time: messages, memory, and how long accounts
 * stand still when a node dies or joins. Started by {@code bench/scaling}; prints the tables of
 * docs/scaling.md.
 */
public final class ScalingBench {

  private static final List<Integer> NODES = List.of(3, 10, 30, 100, 300);
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final int ACCOUNTS_A_NODE = 2;
  private static final long SEED = 1;

  private ScalingBench() {}

  public static void main(String[] arguments) {
    // What classes keep for themselves is not the memory of a node.
    new ScaledCluster(NODES.getLast(), ACCOUNTS_A_NODE, SEED).beats(MEASURED);
    var _ = used();
    Table.head(
        "nodes",
        "beats a second, each node",
        "KB/s each node sends",
        "MB/s, all nodes",
        "processor of a node, percent",
        "memory of a node, KB",
        "home of an account found in us");
    for (int count : NODES) {
      beats(count);
    }
    Table.head("nodes", "accounts", "fewest on a node", "median", "most");
    for (int count : NODES) {
      homes(count, count * ACCOUNTS_A_NODE);
      homes(count, count * ACCOUNTS_A_NODE * 10);
    }
    Table.head(
        "nodes",
        "what happens",
        "accounts that moved",
        "of these, others' in use",
        "longest standstill s",
        "of accounts in use elsewhere s",
        "reports",
        "MB");
    for (int count : NODES) {
      changes(count);
    }
  }

  private static void beats(int count) {
    long before = used();
    ScaledCluster cluster = new ScaledCluster(count, count * ACCOUNTS_A_NODE, SEED);
    long memory = used() - before;
    Traffic traffic = cluster.beats(MEASURED);
    double nodeSeconds = (double) count * MEASURED.toSeconds();
    Table.row(
        count,
        traffic.messages() / nodeSeconds,
        traffic.bytes() / nodeSeconds / 1e3,
        (double) traffic.bytes() / MEASURED.toSeconds() / 1e6,
        cluster.machineSeconds() / nodeSeconds * 100,
        (double) memory / count / 1e3,
        cluster.lookupMicros());
  }

  private static void homes(int count, int accounts) {
    List<Integer> of = new ScaledCluster(count, accounts, SEED).accountsOfNodes();
    Table.row(count, accounts, of.getFirst(), of.get(of.size() / 2), of.getLast());
  }

  private static void changes(int count) {
    row(count, "the process of a node ends", busy(count).lose(/* isSeen= */ true));
    row(count, "a machine falls silent", busy(count).lose(/* isSeen= */ false));
    row(count, "a node joins, all accounts in use", busy(count).join());
    row(count, "a node joins, none in use", fresh(count).join());
  }

  private static ScaledCluster fresh(int count) {
    return new ScaledCluster(count, count * ACCOUNTS_A_NODE, SEED);
  }

  private static ScaledCluster busy(int count) {
    ScaledCluster cluster = fresh(count);
    cluster.useAll();
    return cluster;
  }

  private static void row(int count, String what, Change change) {
    Table.row(
        count,
        what,
        change.moved(),
        change.movedInUse(),
        change.longest(),
        change.longestInUse(),
        change.reports().messages(),
        change.reports().bytes() / 1e6);
  }

  /** Bytes of the heap in use. */
  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
