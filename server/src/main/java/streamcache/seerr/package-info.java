/**
 * Informs Seerr (Jellyseerr, Overseerr) when titles fail permanently and when they play again. Off
 * unless configured. Listens to playback and fill; may import outbox, trouble, playback, fill,
 * origin, link and settings. Only cli imports it.
 */
@NullMarked
package streamcache.seerr;

import org.jspecify.annotations.NullMarked;
