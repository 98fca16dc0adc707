package streamcache.store;

import streamcache.range.ByteRange;

/** A hole that one writer fills, and the run of its bytes that the journal does not know yet. */
record Work(Claims.Claim claim, Runs.Run run) {
  ByteRange range() {
    return claim.range();
  }
}
