package streamcache.store;

import streamcache.range.RangeSet;

/**
 * What a checkpoint makes durable.
 *
 * @param bytes a power cut would take them so far
 * @param sequence the journal up to here speaks of no other bytes that are not durable
 */
record Unsynced(RangeSet bytes, int sequence) {}
