/**
 * The listener towards players: Netty, limits, routing, and the production Exchange. May import
 * playback, trouble, and what those may import.
 */
@NullMarked
package streamcache.http;

import org.jspecify.annotations.NullMarked;
