package streamcache.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The ranges on which somebody is at work on the disk just now: a writer on a hole, or the keeper
 * on bytes it gives up. Two never overlap, so that no byte is written twice or punched after it was
 * written again. Guarded by the generation's lock.
 */
final class Claims {

  /**
   * @param range being written or punched
   * @param from the range and the part of its run that the journal does not know yet begin here
   */
  record Claim(ByteRange range, long from) {}

  private final List<Claim> claims = new ArrayList<>();
  private final Set<Claim> spoilt = new HashSet<>();

  /** The part of {@code hole}, from its start on, that is free; empty when its start is taken. */
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

  /** Ends a claim; whether the bytes that were begun with it have been lost meanwhile. */
  boolean remove(Claim claim) {
    claims.remove(claim);
    return spoilt.remove(claim);
  }

  /** The disk has lost {@code bytes}; gives those among them that belong to a run begun. */
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

  /** What of {@code wanted} nobody is at work on. */
  RangeSet without(RangeSet wanted) {
    return wanted.minus(all());
  }

  /** All that somebody is at work on, with what the journal does not know yet. */
  RangeSet all() {
    RangeSet all = RangeSet.EMPTY;
    for (Claim claim : claims) {
      all = all.plus(new ByteRange(claim.from(), claim.range().end()));
    }
    return all;
  }

  /** Bytes that are written and belong to a run that is being lengthened. */
  RangeSet begun() {
    RangeSet begun = RangeSet.EMPTY;
    for (Claim claim : claims) {
      begun = begun.plus(new ByteRange(claim.from(), claim.range().start()));
    }
    return begun;
  }
}
