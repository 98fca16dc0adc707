package streamcache.fill;

import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.store.Generation;

/**
 * What the end of one response says about the end of the file. Used by the connection's thread.
 *
 * @param brought is told what the end shows
 */
record FileEnd(Fill fill, Fetch fetch, Yield brought) {

  /**
   * The response failed, which may show where the file ends.
   *
   * @param answered whether its first bytes had arrived
   */
  Ending after(Failure failure, boolean answered) {
    if (answered && (failure instanceof Failure.Broken || failure instanceof Failure.Slow)) {
      brought.isCutShort();
    }
    OptionalLong end = fill.openEnd().toldBy(failure, fill.generation(), fetch.start());
    if (end.isEmpty()) {
      return new Ending.Failed(failure);
    }
    isKnown(fill.generation().orElseThrow(), end.getAsLong());
    return new Ending.Finished();
  }

  /**
   * The provider ended the body; it may have announced less than was requested (RFC 9110 15.3.7).
   *
   * @param position the offset at which it ended
   * @param limit the offset up to which it was wanted
   */
  Ending afterBody(Upstream answer, Generation generation, long position, long limit)
      throws OriginException {
    if (brought.isCopy()) {
      return new Ending.Finished(); // Another node has no more of it.
    }
    if (generation.total().isEmpty() && isEndOfFile(answer, position)) {
      isKnown(generation, position);
    }
    long end = Math.min(limit, generation.total().orElse(position));
    if (position < end || generation.total().isEmpty()) {
      brought.isCutShort();
    }
    if (position < end && answer.length().isEmpty()) {
      throw new OriginException(new Failure.Broken(OptionalInt.empty(), "the body ended early"));
    }
    return position < end ? new Ending.Capped() : new Ending.Finished();
  }

  /** Whether the file ends here, although no length is known. */
  private boolean isEndOfFile(Upstream answer, long position) {
    return answer.length().isEmpty()
        || answer.facts().total().equals(OptionalLong.of(position))
        || (fetch.end().isEmpty() && fill.openEnd().isConfirmed(answer.start(), position));
  }

  private void isKnown(Generation generation, long total) {
    generation.ended(total);
    brought.tellsLength();
  }
}
