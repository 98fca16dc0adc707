/**
 * The listener towards players: Netty, limits, routing, and the one real Exchange. May import
 * playback, trouble, metrics, trouble and what those may import.
 */
@NullMarked
package streamcache.http;

import org.jspecify.annotations.NullMarked;
