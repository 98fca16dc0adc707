package streamcache.testkit.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How the playbacks of a soak ended. Thread-safe. */
final class SoakTally {

  private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> plays = new ConcurrentHashMap<>();
  private final LongAdder bytes = new LongAdder();

  /** A playback of a link begins. */
  void began(String link) {
    plays.computeIfAbsent(link, _ -> new LongAdder()).increment();
  }

  /** How often a link was played so far. */
  long plays(String link) {
    LongAdder count = plays.get(link);
    return count == null ? 0 : count.sum();
  }

  void ended(String how, long received) {
    ends.computeIfAbsent(how, _ -> new LongAdder()).increment();
    bytes.add(received);
  }

  long plays() {
    return ends.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  public String toString() {
    return "%d plays, %d MiB right, ended %s"
        .formatted(plays(), bytes.sum() >> 20, new TreeMap<>(ends));
  }
}
