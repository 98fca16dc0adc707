package streamcache.store;

import streamcache.range.ByteRange;

/** A hole that a writer fills, and its run of bytes that are not yet in the journal. */
record RangeWrite(RangeLocks.Claim claim, PendingWrites.Run run) {
  ByteRange range() {
    return claim.range();
  }
}
