package streamcache.playback;

import java.util.function.BooleanSupplier;
import streamcache.link.Link;

/**
 * What a request is about, and how far whoever asks may go.
 *
 * @param isTrusted whether the asker may be led into private networks
 * @param mayBegin asked once when nothing is known of the title, so that it would have to be
 *     fetched; any thread, must not block
 */
public record Asked(Link link, boolean isTrusted, BooleanSupplier mayBegin) {}
