package streamcache.store;

import java.util.List;
import streamcache.range.RangeSet;

/**
 * Bytes of one generation that are being given up: absent already, still on disk.
 *
 * @param bytes the journal has to call absent before anything is punched
 * @param blocks to give back
 * @param claims keep writers away until that is done
 * @param freed bytes in whole blocks
 */
record Parting(RangeSet bytes, RangeSet blocks, List<Claims.Claim> claims, long freed) {}
