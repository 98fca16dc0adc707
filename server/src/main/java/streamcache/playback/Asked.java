package streamcache.playback;

import streamcache.link.Link;

/**
 * What a request is about.
 *
 * @param isTrusted whether whoever asks may be led into private networks
 */
record Asked(Link link, boolean isTrusted) {}
