package streamcache.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How far into a file of unknown length the provider's responses have promised to reach. Nothing
 * shows that the file ends there: a provider may give less than was asked for. But a player that
 * asks for the rest of the file, to read an index at its end, takes a response that ends before for
 * the end of the file. Kept in memory, beside a generation whose length is unknown. Any thread.
 */
public final class PromisedEnd {

  private final AtomicLong end = new AtomicLong();

  private static PromisedEnd of(Generation generation) {
    return generation.attachment(PromisedEnd.class, PromisedEnd::new);
  }

  /**
   * A response to a request for the rest of the file has arrived.
   *
   * @param to offset behind its last byte, as its head says
   */
  public static void promise(Generation generation, long to) {
    if (generation.total().isEmpty()) {
      of(generation).end.accumulateAndGet(to, Math::max);
    }
  }

  /** Offset up to which a response from {@code start} on can reach: present or promised. */
  public static long reach(Generation generation, long start) {
    return Math.max(generation.present().presentUntil(start), of(generation).end.get());
  }
}
