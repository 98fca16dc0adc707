package streamcache.store;

import java.util.List;
import streamcache.range.RangeSet;

/**
 * Bytes of one generation that are being evicted: already absent, still on disk.
 *
 * @param bytes the journal must record them as absent before anything is punched
 * @param blocks ranges to give back to the disk
 * @param claims keep writers away until that is done
 * @param freed number of bytes freed, in whole blocks
 */
record EvictionTicket(RangeSet bytes, RangeSet blocks, List<RangeLocks.Claim> claims, long freed) {}
