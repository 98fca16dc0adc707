package streamcache.cluster;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls to other nodes that are open, and what they have come to since the start. A call to a
 * node that is gone would never end by itself, so it is cut. Any thread.
 */
final class RelayCalls {

  private final Set<RelayCall> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong resumed = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong copied = new AtomicLong();

  void begin(RelayCall call) {
    open.add(call);
  }

  void end(RelayCall call) {
    open.remove(call);
  }

  /** Cuts the calls to nodes that are not among these. */
  void keep(List<ClusterNode> nodes) {
    for (RelayCall call : open) {
      if (nodes.stream().noneMatch(node -> node.run() == call.node().run())) {
        call.close();
      }
    }
  }

  void isRequested() {
    requests.incrementAndGet();
  }

  void isResumed() {
    resumed.incrementAndGet();
  }

  void passed(long count) {
    bytes.addAndGet(count);
  }

  /** Bytes were taken from the store of another node. */
  void copied(long count) {
    copied.addAndGet(count);
  }

  long copied() {
    return copied.get();
  }

  int open() {
    return open.size();
  }

  long requests() {
    return requests.get();
  }

  /** Responses that another node continued. */
  long resumed() {
    return resumed.get();
  }

  long bytes() {
    return bytes.get();
  }
}
