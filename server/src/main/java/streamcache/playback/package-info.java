/**
 * One request of one player, from link to last byte: plans the response and sends it through an
 * {@link streamcache.playback.Exchange}. Knows neither sockets nor file names. May import fill,
 * store, origin (for causes), range, link and settings.
 */
@NullMarked
package streamcache.playback;

import org.jspecify.annotations.NullMarked;
