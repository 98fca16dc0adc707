package streamcache.fill;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Failure;
import streamcache.range.ByteRange;
import streamcache.store.Generation;

/**
 * Determines where a file ends if no response states its length ({@code bytes a-b/*}). A single
 * clean end may be that of a response that holds less than was requested. Two responses that begin
 * at different offsets and end at the same one end where the file does. Belongs to a fill; any
 * thread, no lock.
 */
final class OpenEnd {

  /** The range of the last response that ended cleanly. */
  private final AtomicReference<@Nullable ByteRange> last = new AtomicReference<>();

  /**
   * Records a response; returns whether it ends where the previous one did, which began elsewhere.
   */
  boolean isConfirmed(long start, long end) {
    ByteRange before = last.getAndSet(new ByteRange(start, end));
    return before != null && before.end() == end && before.start() != start;
  }

  /**
   * The length of the file according to a refusal, which shows that no byte exists at or after the
   * requested offset. If the refusal does not state the length, a response must have ended there.
   */
  OptionalLong toldBy(Failure failure, Optional<Generation> generation, long asked) {
    Optional<Generation> open = generation.filter(known -> known.total().isEmpty());
    if (open.isEmpty() || !(failure instanceof Failure.OutOfRange outOfRange)) {
      return OptionalLong.empty();
    }
    ByteRange before = last.get();
    long end = outOfRange.total().orElse(before == null ? Long.MAX_VALUE : before.end());
    boolean isLast = open.get().present().nextPresent(end) == Long.MAX_VALUE;
    return asked >= end && isLast ? OptionalLong.of(end) : OptionalLong.empty();
  }
}
