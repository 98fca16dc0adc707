package streamcache.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when a full collection is due. The serial collector lets the heap grow to its limit
 * before it collects the old generation, and gives memory back only then: a server that had opened
 * 50,000 titles in a row held 400 MiB, of which 60 MiB were in use, for as long as it ran. A
 * collection is due when the heap has doubled since the last one, which is the rule of Go's
 * collector, and once when nobody has been connected for some minutes. Used by one thread.
 */
final class HeapPolicy {

  /** How often {@link #look} must be called; the heap grows by some 20 MiB meanwhile at worst. */
  static final Duration EVERY = Duration.ofSeconds(10);

  /** Longer than a player's pause between two requests. */
  static final Duration IDLE = Duration.ofMinutes(5);

  /** A smaller heap is not worth a pause. */
  static final long LEAST_BYTES = 96L << 20;

  private final LongSupplier used;
  private final Runnable collect;
  private Duration idle = Duration.ZERO;

  /** Bytes in use after the last collection. */
  private long live;

  /**
   * @param used the bytes of the heap that are in use, garbage included
   * @param collect runs a full collection
   */
  HeapPolicy(LongSupplier used, Runnable collect) {
    this.used = used;
    this.collect = collect;
  }

  /** The policy for the heap of this process. */
  static HeapPolicy ofProcess() {
    Runtime runtime = Runtime.getRuntime();
    return new HeapPolicy(() -> runtime.totalMemory() - runtime.freeMemory(), System::gc);
  }

  /**
   * Must be called every {@link #EVERY}. Blocks for as long as a collection takes.
   *
   * @param connections the number of open connections of clients
   */
  void look(int connections) {
    idle = connections == 0 ? idle.plus(EVERY) : Duration.ZERO;
    if (idle.equals(IDLE) || used.getAsLong() > Math.max(LEAST_BYTES, 2 * live)) {
      collect.run();
      live = used.getAsLong();
    }
  }
}
