package streamcache.store;

import streamcache.range.RangeSet;

/**
 * The bytes that a checkpoint makes durable.
 *
 * @param bytes bytes that a power cut would lose so far
 * @param sequence journal records up to this one cover no other bytes that are not durable
 */
record Unsynced(RangeSet bytes, int sequence) {}
