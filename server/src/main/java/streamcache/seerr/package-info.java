/**
 * Tells Seerr (Jellyseerr, Overseerr) of titles that fail for good, and that they play again. Off
 * unless it is set up. Listens to playback and fill; may import outbox, trouble, playback, fill,
 * origin, link and settings. Nothing but cli imports it.
 */
@NullMarked
package streamcache.seerr;

import org.jspecify.annotations.NullMarked;
