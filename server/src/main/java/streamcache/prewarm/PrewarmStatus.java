package streamcache.prewarm;

import java.util.OptionalLong;
import streamcache.link.TitleKey;

/**
 * A title of the queue at one moment.
 *
 * @param name by which people know it
 * @param host of its link
 * @param wantedBytes how much of it is to be stored; empty while its length is unknown
 * @param storedBytes how much of that is stored
 * @param words a sentence: why it failed, or what is missing although it is done; else empty
 */
public record PrewarmStatus(
    TitleKey title,
    String name,
    String host,
    PrewarmPart part,
    PrewarmState state,
    OptionalLong wantedBytes,
    long storedBytes,
    String words) {}
