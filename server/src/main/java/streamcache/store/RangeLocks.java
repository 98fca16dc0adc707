package streamcache.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The ranges on which disk work is in progress: a writer fills a hole, or the keeper evicts bytes.
 * The ranges of two threads never overlap, so that no byte is written twice or punched after it was
 * written again. Guarded by the generation's lock.
 */
final class RangeLocks {

  /**
   * @param range the range being written or punched
   * @param from start of the range together with the part of its run that is not yet in the journal
   */
  record Claim(ByteRange range, long from) {}

  private final List<Claim> claims = new ArrayList<>();
  private final Set<Claim> spoilt = new HashSet<>();

  /** The free part of {@code hole} from its start on; empty if its start is taken. */
  ByteRange free(ByteRange hole) {
    long end = hole.end();
    for (Claim claim : claims) {
      ByteRange taken = claim.range();
      if (taken.contains(hole.start())) {
        return new ByteRange(hole.start(), hole.start());
      }
      if (taken.start() > hole.start()) {
        end = Math.min(end, taken.start());
      }
    }
    return new ByteRange(hole.start(), end);
  }

  Claim add(ByteRange range, long from) {
    Claim claim = new Claim(range, from);
    claims.add(claim);
    return claim;
  }

  /** Ends a claim; returns whether the disk has meanwhile lost bytes of its run. */
  boolean remove(Claim claim) {
    claims.remove(claim);
    return spoilt.remove(claim);
  }

  /**
   * Marks the claims whose runs contain bytes that the disk has lost; returns all bytes that were
   * written to these runs before.
   */
  RangeSet spoil(RangeSet bytes) {
    RangeSet lost = RangeSet.EMPTY;
    for (Claim claim : claims) {
      RangeSet begun = RangeSet.of(new ByteRange(claim.from(), claim.range().start()));
      if (!begun.intersect(bytes).isEmpty()) {
        spoilt.add(claim);
        lost = lost.plus(begun);
      }
    }
    return lost;
  }

  boolean isEmpty() {
    return claims.isEmpty();
  }

  /** The part of {@code wanted} that is not claimed. */
  RangeSet without(RangeSet wanted) {
    return wanted.minus(all());
  }

  /** All claimed bytes, with the parts of their runs that are not yet in the journal. */
  RangeSet all() {
    RangeSet all = RangeSet.EMPTY;
    for (Claim claim : claims) {
      all = all.plus(new ByteRange(claim.from(), claim.range().end()));
    }
    return all;
  }

  /** Bytes that are written and belong to a run that is being extended. */
  RangeSet begun() {
    RangeSet begun = RangeSet.EMPTY;
    for (Claim claim : claims) {
      begun = begun.plus(new ByteRange(claim.from(), claim.range().start()));
    }
    return begun;
  }
}
