/**
 * Turns a cause into an answer: status and words as HTML, problem+json or text, or the clip for who
 * sits before a player. The only place that maps one to the other. May import clip, playback,
 * origin, range, link and settings.
 */
@NullMarked
package streamcache.trouble;

import org.jspecify.annotations.NullMarked;
