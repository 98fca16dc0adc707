/**
 * Broadcasts: bodies without an end, such as live television as an MPEG transport stream. What they
 * are recognized by ({@code PlayingSpeed}), and the window in memory that all viewers of a channel
 * share ({@code LiveWindow}). No I/O, no provider and no store. May import media; fill and playback
 * import it.
 */
@NullMarked
package streamcache.live;

import org.jspecify.annotations.NullMarked;
