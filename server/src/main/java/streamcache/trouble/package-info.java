/**
 * Turns a cause into a response: status and text as HTML, problem+json or text, or the clip for a
 * viewer at a player. The only place that maps one to the other. May import clip, playback, origin,
 * media, range, link and settings.
 */
@NullMarked
package streamcache.trouble;

import org.jspecify.annotations.NullMarked;
